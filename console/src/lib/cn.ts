import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const sizes = ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl'];
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: sizes }] } } });

/** Joins class names; a later one wins over an earlier one of the same kind. */
export const cn = (...classes: ClassValue[]) => merge(clsx(classes));
