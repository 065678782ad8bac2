import type { FC } from 'react';
import type { FieldType } from '@/api/types/records';
import { BooleanControl } from './BooleanControl';
import { DateControl } from './DateControl';
import { JsonControl } from './JsonControl';
import { NumberControl } from './NumberControl';
import { ReferenceControl } from './ReferenceControl';
import { SelectControl } from './SelectControl';
import { TextAreaControl } from './TextAreaControl';
import { TextControl } from './TextControl';
import { TimeControl } from './TimeControl';
import type { ControlProps } from './types';

const controls: Record<FieldType, FC<ControlProps>> = {
  text: TextControl,
  textarea: TextAreaControl,
  email: TextControl,
  integer: NumberControl,
  decimal: NumberControl,
  money: NumberControl,
  boolean: BooleanControl,
  date: DateControl,
  time: TimeControl,
  select: SelectControl,
  reference: ReferenceControl,
  json: JsonControl,
};

/** The control of a field; a type this console does not know yet is edited as text. */
export const controlOf = (type: string): FC<ControlProps> => controls[type as FieldType] ?? TextControl;
