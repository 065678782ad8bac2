import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '@/api/ApiError';
import type { Field } from '@/api/types/records';
import { encodeChanges } from '@/form/encode';
import { InvalidJson } from '@/form/InvalidJson';
import { placeFaults } from '@/form/serverFaults';
import { same, useChanges } from '@/form/useChanges';
import { useRecordForm } from '@/form/useRecordForm';
import { validate } from '@/form/validate';

const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  type,
  ...more,
});
const email = field('email', 'email', { required: true });

afterEach(cleanup);

describe('changes', () => {
  it('hold only what differs from the baseline', () => {
    const { result } = renderHook(() => useChanges({ city: 'Ulm', phone: null }));
    act(() => result.current.set('city', 'Bonn'));
    act(() => result.current.set('phone', ''));
    expect(result.current.changes).toEqual({ city: 'Bonn' });
    act(() => result.current.set('city', 'Ulm'));
    expect(result.current.dirty).toBe(false);
  });

  it('stay on top of a newer baseline', () => {
    const { result, rerender } = renderHook(({ baseline }) => useChanges(baseline), {
      initialProps: { baseline: { city: 'Ulm', phone: '1' } },
    });
    act(() => result.current.set('city', 'Bonn'));
    rerender({ baseline: { city: 'Köln', phone: '2' } });
    expect(result.current.values).toEqual({ city: 'Bonn', phone: '2' });
  });

  it.each([
    ['1.50', 1.5, true],
    ['', null, true],
    ['0', null, false],
    [0, null, false],
    ['a', 'b', false],
  ])('%j and %j are the same: %s', (left, right, expected) => {
    expect(same(left, right)).toBe(expected);
  });
});

describe('checks before sending', () => {
  const faultOf = (spec: Field, value: unknown) => validate([spec], { [spec.name]: value })[spec.name];

  it('want what is required', () => {
    expect(faultOf(email, '')).toBe('email is required');
    expect(faultOf(field('newsletter', 'boolean', { required: true }), undefined)).toBeUndefined();
  });

  it('know an email address', () => {
    expect(faultOf(email, 'nobody')).toContain('email address');
    expect(faultOf(email, 'a@b.co')).toBeUndefined();
  });

  it('know numbers and their bounds', () => {
    const age = field('age', 'integer', { min: 18, max: 99 });
    expect(faultOf(age, 'x')).toContain('number');
    expect(faultOf(age, '18.5')).toBe('Enter a whole number');
    expect(faultOf(age, '17')).toBe('At least 18');
    expect(faultOf(age, '100')).toBe('At most 99');
    expect(faultOf(age, '42')).toBeUndefined();
  });

  it('know a length and a pattern, and say what the app says', () => {
    expect(faultOf(field('name', 'text', { max_length: 3 }), 'abcd')).toContain('At most 3');
    const vat = field('vat', 'text', { pattern: '^[A-Z]{2}\\d+$', message: 'Two letters, then digits' });
    expect(faultOf(vat, '12')).toBe('Two letters, then digits');
  });

  it('leave a pattern they cannot read to the server', () => {
    expect(faultOf(field('x', 'text', { pattern: '(?<=a++)(' }), 'anything')).toBeUndefined();
  });

  it('do not look at read-only fields, and refuse unreadable JSON', () => {
    expect(faultOf({ ...email, readonly: true }, '')).toBeUndefined();
    expect(faultOf(field('meta', 'json'), new InvalidJson('{'))).toBe('This is not valid JSON');
  });
});

describe('what is sent', () => {
  it('is null for an emptied text, a number for a whole number, and text for decimals', () => {
    const fields = [field('phone', 'text'), field('age', 'integer'), field('limit', 'money'), field('rate', 'decimal')];
    const changes = { phone: '', age: '42', limit: '1.10', rate: '2.5' };
    expect(encodeChanges(fields, changes, { limit: '1.00', rate: 2 })).toEqual({
      phone: null,
      age: 42,
      limit: '1.10',
      rate: 2.5,
    });
  });

  it('never holds read-only fields or unchanged ones', () => {
    const fields = [field('a', 'text', { readonly: true }), field('b', 'text')];
    expect(encodeChanges(fields, { a: 'x' }, {})).toEqual({});
  });
});

describe('faults from the server', () => {
  it('go to their field by JSON Pointer, the rest to the form', () => {
    const errors = [
      { path: '/email', code: 'unique', message: 'Taken' },
      { path: '/lines/2/qty', code: 'min', message: 'Too few' },
      { path: '', code: 'rule', message: 'Closed on Sundays' },
    ];
    expect(placeFaults(errors, [email, field('lines', 'json')])).toEqual({
      fields: { email: 'Taken', lines: 'Too few' },
      form: ['Closed on Sundays'],
    });
  });

  it('vanish from a field when it is edited', async () => {
    const { result } = renderHook(() => useRecordForm([email], { email: 'a@b.co' }));
    const errors = [{ path: '/email', code: 'unique', message: 'Taken' }];
    await act(() => result.current.submit(() => Promise.reject(new ApiError(422, { errors }))));
    expect(result.current.faults).toEqual({ email: 'Taken' });
    act(() => result.current.change('email', 'c@d.co'));
    expect(result.current.faults).toEqual({});
  });

  it('are not asked for while the form is known to be wrong', async () => {
    const { result } = renderHook(() => useRecordForm([email], {}));
    let sent = false;
    await act(() => result.current.submit(async () => void (sent = true)));
    expect(sent).toBe(false);
    expect(result.current.faults).toEqual({ email: 'email is required' });
  });
});
