import { useState } from 'react';
import { cn } from '@/lib/cn';
import { fieldStyle } from '@/ui/fieldStyle';
import { InvalidJson } from '../InvalidJson';
import { ariaOf, type ControlProps } from './types';

export function JsonControl(props: ControlProps) {
  const { id, field, value, onChange } = props;
  const [text, setText] = useState(() => write(value));
  return (
    <textarea
      id={id}
      name={field.name}
      rows={6}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(read(event.target.value));
      }}
      className={cn(fieldStyle, 'h-auto resize-y py-1.5 font-mono text-xs leading-5')}
      {...ariaOf(props)}
    />
  );
}

function write(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof InvalidJson ? value.text : JSON.stringify(value, null, 2);
}

function read(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return new InvalidJson(text);
  }
}
