// The version that goes with an act: the one seen; after a conflict the one the refusal named, so that a second press is a decision.
import { asProblem } from '../../../api/problem.ts'

export function versionKeeper(seen: number): <T>(run: (version: number) => Promise<T>) => Promise<T> {
  let version = seen
  return async (run) => {
    try {
      return await run(version)
    } catch (error) {
      const { status, current } = asProblem(error)
      if (status === 409 && typeof current === 'object' && current !== null && 'version' in current && typeof current.version === 'number') version = current.version
      throw error
    }
  }
}
