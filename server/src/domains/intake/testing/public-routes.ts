// The public routes of this domain as its module declares them.
import type { RouteSpec } from '../../../kernel/http/route.ts'
import { intake } from '../module.ts'

export const publicRoutes = (): { method: RouteSpec['method']; path: string; signedIn: boolean }[] => (intake.routes ?? []).map(({ spec }) => spec).filter((spec) => spec.audience === 'public').map((spec) => ({ method: spec.method, path: spec.path, signedIn: spec.access === 'signedIn' }))
