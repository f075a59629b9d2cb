// Acts of the phone in the order of their weight, their words and their addresses.
import { t } from '../texts.zh-CN.ts'

export const assignmentActs = ['sign', 'accept', 'feedback', 'sendBack', 'requestReturn', 'contact', 'progress', 'handDown', 'requestExtension', 'takeBack', 'correctClosing', 'secondHandling', 'appeal', 'requestReturnReset', 'writeReport', 'confirmPromise', 'requestResumption', 'requestPromise', 'reportTracking', 'blowWhistle', 'requestSuspension', 'requestTracking', 'declareExclusion', 'prepareExclusion', 'markIndustry'] as const
/** Acts of a unit on an order that it was called to, without a task of its own. */
export const calledActs = ['reportIn', 'deliverJoint', 'objectIndustry'] as const
export type AssignmentAct = (typeof assignmentActs)[number]
export type CalledAct = (typeof calledActs)[number]
export type ActName = Exclude<AssignmentAct, 'sign'> | 'decideReturn' | 'decideFlow'

export const actLabel = (act: AssignmentAct | CalledAct, short: boolean): string => (short && (act === 'feedback' || act === 'requestReturn') ? t(`short.${act}`) : t(`act.${act}`))

/** The page of an act; what it is done to is in the address, so that reload and back keep it. */
export const actPath = (number: string, act: string, target: { assignment?: string; request?: string; flow?: string; target?: string }): string =>
  `/m/orders/${encodeURIComponent(number)}/acts/${act}?${new URLSearchParams(target).toString()}`
