/** Makes the text of an appeal: title, content, place and element values that belong together. */
import type { AppealTypeCode } from '../appeal-types.ts'
import { areaOf, type DemoArea } from '../areas.ts'
import type { CivilHour } from '../civil-date.ts'
import { inMonths, textsOf, type DemoMatter, type ParsedSaying } from '../matters/index.ts'
import type { Rng } from '../rng.ts'
import {
  kindOf, ownHistories, ownIdeaOpenings, ownIdeaWishes, ownOpenings, ownPraiseOpenings, ownPraiseWishes, ownQuestionEndings, ownQuestionOpenings,
  ownWishes, plainWishes, reportEndings, staffEndings, staffHistories, staffOpenings, staffWishes, toneWeights, type Tone,
} from './appeal-phrases.ts'
import type { DemoPerson } from '../people.ts'
import { makePlace, pickCommunity, type DemoPlace } from './place.ts'
import { createSlots, type ElementValue, type Slots } from './slots.ts'

export type Voice = 'staff' | 'own'

export interface AppealRequest {
  matter: DemoMatter
  /** Local day and hour at which the requester speaks. */
  at: CivilHour
  /** Where it arises: a community or any area above it; by default one that suits the matter. */
  area?: DemoArea
  /** Who speaks: trouble arises where the person lives. Takes precedence over `area`. */
  person?: DemoPerson
  /** Takes precedence over both: the place of an event that many report. */
  place?: DemoPlace
  type?: AppealTypeCode
  /** `staff`: an agent's note of a call, in the third person. `own`: written by the requester. */
  voice?: Voice
  tone?: Tone
  /** Which wording of the matter, for several reports of one event. */
  wording?: number
}

export interface DemoAppeal {
  matterCode: string
  type: AppealTypeCode
  title: string
  content: string
  voice: Voice
  tone: Tone
  /** Index among the matter's wordings; see `AppealRequest.wording`. */
  wording: number
  place: DemoPlace
  areaCode: string
  address: string
  elements: Record<string, ElementValue>
  urgency: 'normal' | 'urgent' | 'major'
  /** When it was made. */
  at: CivilHour
  /** What the text has named, so that the answer can name the same. */
  facts: Record<string, string>
  /** In a consultation the right answer. */
  answer: string | null
}

const needsVillage = (saying: ParsedSaying) => (saying.title + saying.body).includes('{村}')

function chooseWording(rng: Rng, request: AppealRequest, sayings: ParsedSaying[], place: DemoPlace): number {
  const weight = (index: number) => {
    const saying = sayings[index]
    if (!saying || !inMonths(saying.months, request.at.month)) return 0
    if (request.type && saying.type !== request.type) return sameTrouble(saying.type, request.type) ? 0.001 : 0
    // A village's trouble in town would be odd, a town's in a village less so: villages have estates too.
    if (needsVillage(saying)) return place.rural ? 3 : 0.0001
    return saying.type === 'praise' ? 0.5 : 1
  }
  const indexes = sayings.map((_, index) => index)
  return indexes.some((index) => weight(index) > 0) ? rng.weighted(indexes, weight) : rng.pick(indexes)
}

const troubles = new Set<AppealTypeCode>(['help', 'complaint', 'report'])
const sameTrouble = (one: AppealTypeCode, other: AppealTypeCode) => troubles.has(one) && troubles.has(other)

/** What retired people do not say of themselves. */
const youngOnly = /上班|公司|孩子|怀孕|辞职|毕业|夫妻|父母|老公|驾校|学车|刚买|家里老人|老人在|招聘|招工|工资|直播|群里|给老人|老人住|单位|网上|平台|员工|本人/

function pickTone(rng: Rng, saying: ParsedSaying): Tone {
  return rng.weighted(toneWeights, ([tone, weight]) => (tone === 'elderly' && youngOnly.test(saying.body) ? 0 : weight))[0]
}

/** What goes on for a while may have been complained about before. */
const lasting = /每天|经常|一直|天天|长期|总是|三天两头|每到|到现在/
const recurring = /每天|经常|天天|总是|三天两头|每到/
const saysHistory = /反映|多次|打电话|电话|联系|报修|投诉|找过|说是|几次|趟/

const mayHaveHistory = (body: string) => lasting.test(body) && !saysHistory.test(body)

function end(text: string): string {
  return /[。！？]$/.test(text) || text === '' ? text : `${text}。`
}

/** Two sentences that begin alike, or ask for secrecy twice, read like a machine. */
const repeats = (ask: string, ending: string) => ask.slice(0, 3) === ending.slice(0, 3) || (ask.includes('保密') && /保密|透露/.test(ending))

const policy = /政策|补贴|条件|报销|能不能|材料|标准|比例/

/** “想问” after “咨询” says it twice; “说了很久” needs something that lasts. */
function pickOpening(rng: Rng, openings: readonly string[], body: string): string {
  const doubled = body.startsWith('想') ? /请问|问一下|想|了解|咨询个事/ : null
  return rng.pick(openings.filter((text) => !doubled?.test(text) && (lasting.test(body) || !text.includes('很久'))))
}

function pickWish(rng: Rng, tone: Tone, wish: string): string {
  const frames = ownWishes[tone].filter((text) => !wish.startsWith('帮') || !text.includes('帮'))
  return rng.pick(frames).replace('{wish}', wish)
}

function staffContent(rng: Rng, type: AppealTypeCode, body: string, wish: string): string {
  const kind = kindOf(type)
  const history = kind === 'trouble' && mayHaveHistory(body) && rng.chance(0.35) ? rng.pick(staffHistories.filter((text) => recurring.test(body) || !text.includes('反复'))) : ''
  const opening = pickOpening(rng, staffOpenings[type], body)
  const asks = staffWishes[kind].filter((ask) => (kind !== 'idea' || ask.slice(0, 3) !== opening.slice(0, 3)) && (policy.test(body) || !ask.includes('政策')))
  const ask = rng.pick(asks).replace('{wish}', wish)
  const endings = (type === 'report' ? reportEndings : staffEndings).filter((ending) => ending === '' || !repeats(ask, ending))
  const last = kind === 'trouble' ? rng.pick(endings) : ''
  return opening + end(body) + history + ask + last
}

function ownContent(rng: Rng, type: AppealTypeCode, tone: Tone, body: string, wish: string): string {
  switch (kindOf(type)) {
    case 'question': {
      const asked = rng.chance(0.6) ? body.replace(/。$/, '？') : end(body)
      return pickOpening(rng, ownQuestionOpenings[tone], body) + end(asked) + rng.pick(ownQuestionEndings)
    }
    case 'idea':
      return rng.pick(ownIdeaOpenings) + end(body) + rng.pick(ownIdeaWishes).replace('{wish}', wish)
    case 'praise':
      return rng.pick(ownPraiseOpenings) + end(body) + rng.pick(ownPraiseWishes).replace('{wish}', wish)
    case 'trouble': {
      const history = mayHaveHistory(body) && rng.chance(tone === 'angry' ? 0.7 : 0.45) ? rng.pick(ownHistories[tone]) : ''
      return pickOpening(rng, ownOpenings[tone], body) + end(body) + history + pickWish(rng, tone, wish)
    }
  }
}

const nameOfTrouble: Partial<Record<AppealTypeCode, string>> = { help: '求助', complaint: '投诉', report: '举报' }

/** Agents and citizens name the same thing in several ways. */
function titleOf(rng: Rng, type: AppealTypeCode, title: string): string {
  const noun = nameOfTrouble[type]
  if (!noun || title.length > 22 || /^(咨询|建议|表扬|关于)|请求|求助/.test(title)) return title
  if (rng.chance(0.07)) return `反映${title}`
  return rng.chance(0.07) ? `关于${title}的${noun}` : title
}

function elementValues(rng: Rng, matter: DemoMatter, type: AppealTypeCode, slots: Slots, said: string): Record<string, ElementValue> {
  const asksAll = kindOf(type) === 'trouble'
  const wanted = matter.elements.filter((element) => slots.shown.has(element.name) || (asksAll && (element.required || rng.chance(0.5))))
  return Object.fromEntries(wanted.map((element) => [element.code, element.options.find((option) => said.includes(option)) ?? slots.value(element)]))
}

function urgencyOf(rng: Rng, matter: DemoMatter, type: AppealTypeCode): DemoAppeal['urgency'] {
  if (!matter.urgencyHint || kindOf(type) !== 'trouble') return 'normal'
  return rng.chance(0.4) ? matter.urgencyHint.level : 'normal'
}

/** An appeal in natural Chinese about a matter; the same generator state gives the same appeal. */
export function generateAppeal(rng: Rng, request: AppealRequest): DemoAppeal {
  const { matter, at } = request
  const place = request.place ?? request.person?.place ?? makePlace(rng, pickCommunity(rng, matter.setting, request.area))
  const { sayings } = textsOf(matter.code)
  const wording = request.wording ?? chooseWording(rng, request, sayings, place)
  const saying = sayings[wording]
  if (!saying) throw new RangeError(`matter ${matter.code} has no wording ${wording}`)
  const type = request.type ?? saying.type
  const voice = request.voice ?? (rng.chance(0.6) ? 'staff' : 'own')
  const tone = request.tone ?? pickTone(rng, saying)
  const slots = createSlots(rng, place, at)
  const title = titleOf(rng, type, slots.render(saying.title))
  const body = slots.render(saying.body)
  const wish = saying.type === 'consultation' ? '' : slots.render(saying.wish || rng.pick(plainWishes))
  const written = voice === 'staff' ? staffContent(rng, type, body, wish) : ownContent(rng, type, tone, body, wish)
  const elements = elementValues(rng, matter, type, slots, title + body)
  return {
    matterCode: matter.code,
    type,
    title,
    content: slots.render(written),
    voice, tone, wording, place,
    areaCode: place.areaCode,
    address: areaOf(place.areaCode).fullName.slice(0, '宁原省澜川市'.length) + place.address,
    elements,
    urgency: urgencyOf(rng, matter, type),
    at,
    facts: slots.facts(),
    answer: saying.type === 'consultation' ? slots.render(saying.wish) : null,
  }
}
