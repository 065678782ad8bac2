/** A stretch of time, in milliseconds since the epoch. */
export interface Span {
  start: number;
  end: number;
}

export interface TimeScale {
  /** Where a moment lies, 0 to 1. */
  at: (time: number) => number;
  folds: Span[];
}

/** Idle stretches longer than this are folded away… */
const FOLD_FROM_MS = 5_000;
/** …to this share of the width each, so that twenty minutes of waiting do not squash two seconds of work. */
const FOLD_WIDTH = 0.08;
const MAX_FOLDED_WIDTH = 0.5;

/** A piecewise linear scale over `whole` on which only the stretches of `work` have their true proportions. */
export function timeScale(whole: Span, work: Span[]): TimeScale {
  const folds = idleStretches(whole, work).filter((gap) => gap.end - gap.start > FOLD_FROM_MS);
  const folded = folds.reduce((sum, fold) => sum + fold.end - fold.start, 0);
  const live = Math.max(1, whole.end - whole.start - folded);
  const foldWidth = folds.length === 0 ? 0 : Math.min(FOLD_WIDTH, MAX_FOLDED_WIDTH / folds.length);
  const liveWidth = 1 - folds.length * foldWidth;

  const at = (time: number) => {
    let position = 0;
    let from = whole.start;
    for (const fold of folds) {
      if (time <= fold.start) break;
      position += ((fold.start - from) / live) * liveWidth;
      if (time < fold.end) return position + ((time - fold.start) / (fold.end - fold.start)) * foldWidth;
      position += foldWidth;
      from = fold.end;
    }
    return Math.min(1, Math.max(0, position + ((time - from) / live) * liveWidth));
  };
  return { at, folds };
}

/** The parts of the whole in which nothing of the work happens, in order. */
function idleStretches(whole: Span, work: Span[]): Span[] {
  const gaps: Span[] = [];
  let edge = whole.start;
  for (const span of [...work].sort((a, b) => a.start - b.start)) {
    if (span.start > edge) gaps.push({ start: edge, end: span.start });
    edge = Math.max(edge, span.end);
  }
  if (whole.end > edge) gaps.push({ start: edge, end: whole.end });
  return gaps;
}
