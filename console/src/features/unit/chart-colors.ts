// Colours of time in charts: the marks of the clock.
import { light } from '../../ui/tokens.ts'

export const colors = { inTime: light['ok-mark'], near: light['near-mark'], overdue: light['over-mark'] }
