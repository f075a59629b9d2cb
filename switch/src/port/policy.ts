// Policy: everything the exchange needs to answer, queue and connect for one tenant, as an immutable numbered snapshot. A call keeps its number to the end.
import { z } from 'zod'
import { flow, saying } from './flow.ts'

const id = z.string().min(1).max(64)
const seconds = (most: number): z.ZodNumber => z.number().int().min(0).max(most)
const minuteOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$/)
/** Days 1 (Monday) to 7. */
const weekly = z.array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1), from: minuteOfDay, to: minuteOfDay })).max(40)

/** Strategies that pick one agent; `ringAll` offers to all free ones, first answer wins. */
export const pick = z.enum(['longestIdle', 'leastCalls', 'leastTalk', 'roundRobin', 'sequential', 'random', 'skill', 'bestMatch', 'lastAgent', 'ringAll'])
export type Pick = z.infer<typeof pick>

const strategyChain = z.array(z.object({ pick, afterSeconds: seconds(3600) })).min(1).max(6)
const factorWeights = z.object({ waiting: z.number().positive() }).catchall(z.number().min(0))
/** Another chain or other weights while all of its conditions hold; the first rule that fits is used (TEL-17, TEL-18). */
export const queueRule = z.object({
  name: z.string().min(1).max(60),
  when: z.object({
    /** times of the week */ opening: weekly.optional(), /** beginnings of calling numbers, E.164 without `+` */ numbers: z.array(z.string().regex(/^[0-9]{2,20}$/)).max(200).optional(), classes: z.array(z.string().max(32)).max(12).optional(), /** skills that the caller needs */ skills: z.array(id).max(50).optional(),
    freeAtMost: seconds(10_000).optional(), freeAtLeast: seconds(10_000).optional(), waitingAtLeast: seconds(10_000).optional(), /** the longest-waiting call of the queue */ longestAtLeastSeconds: seconds(7200).optional(), /** this call */ waitedAtLeastSeconds: seconds(7200).optional(),
  }),
  strategies: strategyChain.optional(), weights: factorWeights.optional(),
})
export type QueueRule = z.infer<typeof queueRule>

export const queuePolicy = z.object({
  id, name: z.string().max(60), group: z.string().max(64).nullable(),
  /** Tried in order; each gets its seconds of waiting before the next may be used as well (0 = at once, when the one before finds nobody). */
  strategies: strategyChain,
  rules: z.array(queueRule).max(20).default([]),
  ringSeconds: z.number().int().min(3).max(120),
  /** Callers waiting at most; 0 = no limit. */
  capacity: seconds(10_000),
  wrapUpSeconds: seconds(3600),
  /** Skills (ids) asked for with the least level; callers' own needs are added. */
  skills: z.array(z.object({ skill: id, level: z.number().int().min(1).max(10) })).max(20),
  /** Share of a caller's skill labels that an agent must match, 0–1. */
  skillMatch: z.number().min(0).max(1),
  music: id.nullable(),
  /** Position and expected wait are told every so many seconds; 0 = never. */
  tellPositionSeconds: seconds(600),
  /** Offer of a call-back after so many seconds; 0 = never. */
  callbackAfterSeconds: seconds(7200),
  /** Where it overflows, in order; a step is taken once its threshold is passed and undone when the load falls. `queue` may belong to another tenant if both have signed. */
  overflow: z.array(z.object({ waitedSeconds: seconds(7200).optional(), waiting: seconds(10_000).optional(), averageWaitSeconds: seconds(7200).optional(), to: z.union([z.object({ queue: id, tenant: z.string().optional() }), z.object({ voicemail: id }), z.object({ flow: id })]) })).max(10),
  calendar: id.nullable(),
  /** Points per factor; a factor's value is 0–1, waiting grows by 1 a minute without limit. Waiting must weigh something, so nobody starves. */
  weights: factorWeights,
  serviceLevelSeconds: seconds(600),
  /** Connected calls a day after which an agent is offered later; 0 = no limit. */
  dailyLimit: seconds(1000),
  recordNotice: z.array(saying).max(10),
  /** Says the agent's number before the bridge. */
  sayStaffNumber: z.boolean(),
  survey: id.nullable(),
})
export type QueuePolicy = z.infer<typeof queuePolicy>

export const agentPolicy = z.object({
  id, name: z.string().max(60), staffNumber: z.string().max(20), extension: z.string().regex(/^[0-9]{2,8}$/).nullable(),
  /** Queues the agent may sign in to, with the order for `sequential`. */
  queues: z.array(z.object({ queue: id, rank: z.number().int().min(0) })).max(100),
  skills: z.array(z.object({ skill: id, level: z.number().int().min(1).max(10) })).max(200),
  /** Telephone functions (TEL-25): `dialOut`, `transferOut`, `invite`, `listen`, `whisper`, `bargeIn`, `forceIn`, `takeOver`, `forceOut`, `pickUp`, `park`, `remote` … */
  functions: z.array(z.string().max(32)).max(40),
  /** Digest of the desk phone that may register as this extension. */
  ha1: z.string().regex(/^[0-9a-f]{32}$/).nullable(), ha1Sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  displayedNumber: z.string().max(24).nullable(),
  /** Whether callers are asked for a rating after this agent. */
  survey: z.boolean().default(true),
})
export type AgentPolicy = z.infer<typeof agentPolicy>

export const listEntry = z.object({
  id, list: z.enum(['black', 'white', 'red', 'emergency', 'special', 'enterprise']),
  /** E.164 without `+` (prefix when `segment`). */
  number: z.string().regex(/^[0-9]{2,20}$/), segment: z.boolean(),
  from: z.number().int().nullable(), until: z.number().int().nullable(), weekly, mark: z.string().max(60).nullable(),
})
export type ListEntry = z.infer<typeof listEntry>

export const calendarPolicy = z.object({
  id, name: z.string().max(60), open: weekly,
  /** Civil days `YYYY-MM-DD`: closed statutory days, and make-up working days that open like `makeUpAs`. */
  holidays: z.array(z.string().regex(/^\d{4}-\d\d-\d\d$/)).max(400), makeUp: z.array(z.string().regex(/^\d{4}-\d\d-\d\d$/)).max(100), makeUpAs: z.number().int().min(1).max(7),
})
export type CalendarPolicy = z.infer<typeof calendarPolicy>

/** A prompt is a sequence; a `file` names content by SHA-256 of a G.711 A-law file that was put to `/files/<sha256>`. */
export const promptPolicy = z.object({ id, name: z.string().max(60), parts: z.array(z.union([z.object({ file: z.string().regex(/^([0-9a-f]{64}|shipped\/[a-z0-9/_-]{1,80})$/) }), z.object({ text: z.string().max(2000), fallback: z.string().max(100).optional() }), z.object({ pauseMs: z.number().int().min(0).max(10_000) })])).max(40) })
export type PromptPolicy = z.infer<typeof promptPolicy>

export const telephoneSettings = z.object({
  noInputPrompts: z.number().int().min(1).max(10).default(3), noInputMs: z.number().int().min(1000).max(60_000).default(10_000),
  personKey: z.string().max(1).default('0'), backKey: z.string().max(1).default('*'), announcementsSkippable: z.boolean().default(true),
  /** Classes of callers, highest first (TEL-16); `front`: how many first places special callers may take. */
  classes: z.array(z.string().max(32)).min(1).default(['emergency', 'white', 'special', 'enterprise', 'ordinary']), front: z.number().int().min(0).max(100).default(3),
  missedRings: z.number().int().min(1).max(20).default(2), reserveMs: z.number().int().min(500).max(10_000).default(3000),
  answerDelayMs: z.number().int().min(0).max(30_000).default(2000), holdAskSeconds: z.number().int().default(90), muteCountdownSeconds: z.number().int().default(30),
  seatLostSeconds: z.number().int().min(5).max(3600).default(180), probeMs: z.number().int().min(500).max(10_000).default(2000), secondLogin: z.enum(['refuse', 'takeOver']).default('refuse'),
  bargeAnnounce: z.boolean().default(true), outboundRingSeconds: z.number().int().min(5).max(180).default(60), parkSeconds: z.number().int().min(10).max(3600).default(180),
  callbackAttempts: z.number().int().min(1).max(10).default(3), callbackRetrySeconds: z.number().int().min(10).max(7200).default(300), flowMaxSteps: z.number().int().min(20).max(5000).default(500),
  maxCallSeconds: z.number().int().min(60).max(86_400).default(14_400), recordAll: z.boolean().default(true),
  /** Behaviour rule: more calls from one number in an hour than this are intercepted; 0 = off. */
  repeatCallsPerHour: z.number().int().min(0).default(10), repeatAction: z.enum(['none', 'end', 'voicemail', 'shiftLeader']).default('end'),
  /** Beyond these a call sounds bad: told at the desk and as an alarm, once a call. */
  qualityDelayMs: z.number().int().min(50).max(10_000).default(1500), qualityLossPercent: z.number().min(0.5).max(100).default(10),
  lastAgentDays: z.number().int().min(0).default(30),
})
export type TelephoneSettings = z.infer<typeof telephoneSettings>

export const policy = z.object({
  tenant: z.string().min(1).max(64), number: z.number().int().positive(), name: z.string().max(60),
  /** Minutes east of UTC; hotlines live in one zone without summer time. */
  utcOffset: z.number().int().min(-720).max(840).default(480),
  /** National numbers are made E.164 with these (`86`, area `0755` without 0). */
  country: z.string().regex(/^[0-9]{1,3}$/).default('86'), areaCode: z.string().regex(/^[0-9]{0,4}$/).default(''), outsidePrefix: z.string().max(3).default(''),
  /** Realm of its telephones: `ext@realm`. */
  realm: z.string().max(100),
  /** Called numbers and where they lead; `displayed` is what is shown when calling out. */
  serviceNumbers: z.array(z.object({ number: z.string().max(24), label: z.string().max(60), to: z.union([z.object({ flow: id }), z.object({ queue: id })]), displayed: z.string().max(24).nullable() })).max(500),
  displayedNumber: z.string().max(24),
  /** Ids of deployment trunks for calling out, best first. */
  trunks: z.array(id).max(50),
  flows: z.array(flow).max(500), queues: z.array(queuePolicy).max(1000), agents: z.array(agentPolicy).max(10_000),
  skills: z.array(z.object({ id, path: z.array(z.string().max(60)).min(1).max(3) })).max(5000),
  lists: z.array(listEntry).max(200_000), calendars: z.array(calendarPolicy).max(200), prompts: z.array(promptPolicy).max(2000),
  announcements: z.array(z.object({ id, say: z.array(saying).min(1).max(10), from: z.number().int(), until: z.number().int(), numbers: z.array(z.string()), order: z.number().int() })).max(200),
  voicemailBoxes: z.array(z.object({ id, name: z.string().max(60), queue: id.nullable() })).max(500),
  /** Numbers or prefixes that may not be dialled, for all or for named extensions. Emergency numbers are never barred. */
  barred: z.array(z.object({ number: z.string().regex(/^[0-9]{1,20}$/), segment: z.boolean(), extensions: z.array(z.string()).nullable() })).max(20_000),
  emergencyNumbers: z.array(z.string()).default(['110', '119', '120', '122']),
  /** Who served whom last: caller number → agent, for `lastAgent`; the exchange goes on with its own calls. */
  lastAgents: z.record(z.string(), id).default({}),
  /** Numbers of persons over the age (TEL-12) and others with a class of their own are in `lists`. Robots in service: */
  robots: z.array(id).default([]),
  /** Hosts that HTTP nodes may ask; private addresses only if listed. */
  httpHosts: z.array(z.string().max(200)).max(100).default([]),
  /** Tenants and queues that may overflow to us (`accept`). */
  overflowFrom: z.array(z.object({ tenant: z.string(), queue: id })).default([]),
  emergencyModes: z.array(z.object({ id, name: z.string(), numbers: z.array(z.string()), areas: z.array(z.string()), queue: id.nullable(), until: z.number().int() })).default([]),
  /** Numbers that a person decided not to intercept, however often they call. */
  neverIntercepted: z.array(z.string()).default([]),
  settings: telephoneSettings,
})
export type Policy = z.infer<typeof policy>

/** Lines of the deployment (all tenants): published apart from policies by whoever runs the site. */
export const deployment = z.object({
  number: z.number().int().positive(),
  trunks: z.array(z.object({ id, name: z.string().max(60), transport: z.enum(['udp', 'tcp', 'tls']), host: z.string().max(200), port: z.number().int().min(1).max(65_535), user: z.string().max(100).nullable(), password: z.string().max(200).nullable(), realm: z.string().max(100).nullable(), register: z.boolean(), accept: z.array(z.string().max(64)), codecs: z.array(z.enum(['PCMA', 'PCMU'])).min(1), /** sound by SRTP only */ srtp: z.boolean().optional(), /** false: calls that come over it are refused */ inbound: z.boolean().optional(), channels: z.number().int().min(1).max(10_000), /** kept for emergency calls */ reserved: z.number().int().min(0).default(2), probeSeconds: z.number().int().min(0).max(3600), tenants: z.array(z.string()) })).max(200),
})
export type Deployment = z.infer<typeof deployment>
