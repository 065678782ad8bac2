import { describe, expect, it } from 'vitest';
import { date, decimal, duration, money, relative, roughly, words } from '@/lib/format';
import { parseSearch, stringifySearch } from '@/lib/search';
import { groupChanges } from '@/record/groupChanges';
import type { FieldChange } from '@/api/types/records';
import { timeScale } from '@/screens/processes/timeScale';
import { directionOf, nextOrder } from '@/table/order';

describe('figures', () => {
  it('keep every digit of a decimal string', () => {
    expect(decimal('12345678901234567890.5')).toBe('12,345,678,901,234,567,890.5');
  });

  it('show two digits of money, and leave what is no number alone', () => {
    expect(money('9.9')).toBe('9.90');
    expect(money('n/a')).toBe('n/a');
  });

  it('say durations in two units, or roughly in one', () => {
    expect([duration(340), duration(1400), duration(1_150_000)]).toEqual(['340 ms', '1.4 s', '19 min 10 s']);
    expect(roughly(1_150_000)).toBe('19 min');
  });

  it('do not move a calendar date by a time zone', () => {
    expect(date('2026-11-20')).toContain('20');
  });

  it('say "just now" for less than a minute, and the date after a week', () => {
    const now = Date.UTC(2026, 10, 20);
    expect(relative(now - 30_000, now)).toBe('just now');
    expect(relative(now - 30 * 86_400_000, now)).toContain('2026');
  });

  it('make words of a column name', () => {
    expect(words('support_rep_id')).toBe('Support rep');
  });
});

describe('the address', () => {
  it('holds plain text and leaves out what is empty', () => {
    expect(stringifySearch({ q: 'a b', open: 12, sort: undefined, page: '' })).toBe('?q=a+b&open=12');
    expect(parseSearch('?q=a+b&open=12')).toEqual({ q: 'a b', open: '12' });
  });

  it('reads an order and turns it round', () => {
    expect(directionOf('last_name.desc,id.asc', 'last_name')).toBe('desc');
    expect(directionOf('last_name', 'last_name')).toBe('asc');
    expect(nextOrder('last_name.asc', 'last_name')).toBe('last_name.desc');
    expect(nextOrder('last_name.asc', 'city')).toBe('city.asc');
  });
});

describe('a time scale', () => {
  const work = [
    { start: 0, end: 2_000 },
    { start: 1_200_000, end: 1_202_000 },
  ];
  const scale = timeScale({ start: 0, end: 1_202_000 }, work);

  it('folds the waiting between two pieces of work', () => {
    expect(scale.folds).toEqual([{ start: 2_000, end: 1_200_000 }]);
  });

  it('gives equal work equal width, and never runs backwards', () => {
    const width = (span: { start: number; end: number }) => scale.at(span.end) - scale.at(span.start);
    expect(width(work[0]!)).toBeCloseTo(width(work[1]!));
    const positions = Array.from({ length: 200 }, (_, index) => scale.at(index * 6_010));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(scale.at(0)).toBe(0);
    expect(scale.at(1_202_000)).toBeCloseTo(1);
  });

  it('stays within bounds with nothing but waiting', () => {
    const idle = timeScale({ start: 0, end: 60_000 }, []);
    expect(idle.at(60_000)).toBeLessThanOrEqual(1);
  });
});

describe('a history', () => {
  const change = (version: number, field: string, at: string): FieldChange => ({
    field_name: field,
    old_value: null,
    new_value: 'x',
    operation: 'update',
    changed_by: 'mira',
    changed_at: at,
    execution_id: `e${version}`,
    version,
  });

  it('puts the changes of one save together, the newest first', () => {
    const groups = groupChanges([
      change(2, 'city', '2026-01-01T00:00:00Z'),
      change(2, 'phone', '2026-01-01T00:00:00Z'),
      change(3, 'city', '2026-02-01T00:00:00Z'),
    ]);
    expect(groups.map((group) => group.changes.map((one) => one.field_name))).toEqual([['city'], ['city', 'phone']]);
  });
});
