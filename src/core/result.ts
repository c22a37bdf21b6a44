/**
 * What a step that may refuse its input answers. A refusal is a value, because a bad row in a good
 * file is counted and the next row goes on; only what somebody must act on is thrown, as a Fault.
 */
export type Result<T, E> = Ok<T> | Err<E>;

/** The step did what it was asked; `value` is its answer. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** The step refused; `error` says why. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** Wraps an answer. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps a refusal. */
export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}
