import { AppError } from '../../../kernel/errors.ts'

/** The refusal a promise ends in; fails the test when nothing was refused. */
export async function refusal(promise: Promise<unknown>): Promise<{ status: number; code: string; fields: string[] }> {
  const error = await promise.then(() => null, (caught: unknown) => caught)
  if (!(error instanceof AppError)) throw error ?? new Error('nothing was refused')
  return { status: error.status, code: error.code, fields: error.refusal.fields?.map((field) => field.path) ?? [] }
}
