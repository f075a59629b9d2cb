/** Values for the slots of one text: the same name gives the same value throughout the text, also as element value. */
import { areaOf } from '../areas.ts'
import type { CivilHour } from '../civil-date.ts'
import { elementCatalogue, type DemoElement } from '../elements.ts'
import type { Rng } from '../rng.ts'
import { nameOrganisation } from './organisations.ts'
import type { DemoPlace } from './place.ts'
import { render } from './template.ts'
import { createToldTime } from './told-time.ts'

export type ElementValue = string | number

export interface Slots {
  /** The text of a slot; throws on a name that nobody knows. */
  text(name: string): string
  /** Renders a template with these slots. */
  render(template: string): string
  /** The stored value of an element. */
  value(element: DemoElement): ElementValue
  /** Names of elements whose value a text has shown. */
  shown: ReadonlySet<string>
  /** Every slot filled so far, to continue in another text. */
  facts(): Record<string, string>
}

/** Slots that stand for the value of an element of another name. */
const aliases: Record<string, string> = { 金额: '涉及金额' }

/** What a text calls by a narrower word is also the value of the element. */
const narrower: Record<string, string[]> = {
  店铺名称: ['店', '饭店', '超市', '健身房', '养老院', '美发店', '美容店', '家居店', '电器店', '汽车店', '保健店', '母婴店', '车行', '农资店', '纪念品店', '酒店'],
  公司名称: ['公司', '工厂', '健身房', '养老院', '培训', '饭店', '店', '超市', '旅行社', '驾校'],
  平台名称: ['出行平台', '旅行平台', '平台'],
  学校名称: ['学校', '幼儿园', '小学', '中学'],
  医院名称: ['医院', '卫生站'],
  接种单位: ['卫生站'],
  楼栋单元: ['楼单元'],
}

const phrases: Record<string, string> = {
  起始: '[从上周开始|最近半个月|这一个多月|近一段时间|从上个月底开始|{日期}以来|这几天]',
  昨天: '[昨天|前天|昨天上午|昨天下午|今天上午]',
  昨日: '[昨天|前天]',
  今早: '[今天早上|今天凌晨|今天上午]',
  昨晚: '[昨晚|昨天夜里|前天晚上|昨天半夜]',
  上周: '[上周|上周末|上周三|前几天|大前天]',
  深夜: '[晚上十一点以后|凌晨一两点|半夜|夜里十二点前后|后半夜]',
}

const amounts = ['{3-9}80', '1{0-9}80', '1{0-9}60', '2{0-9}00', '3{0-9}60', '{4-9}{0-9}00', '{4-9}800', '1{0-9}{2-8}00']

function placeSlot(rng: Rng, place: DemoPlace, name: string): string | null {
  switch (name) {
    case '区县': return place.county
    case '街道': return place.street
    case '街道简称': return place.street.replace(/(街道|镇)$/, '')
    case '小区': return place.estate
    case '楼': return place.building
    case '楼单元': return place.unit
    case '路': return place.road
    case '路2': return place.crossRoad
    case '路口': return `${place.road}与${place.crossRoad}路口`
    case '门牌': return place.doorNo
    case '附近': return place.spot
    // In a town the community is the next best name for a village.
    case '村':
    case '社区': return place.community
    case '组': return place.group
    case '公司': return place.company
    case '设施号': return `${rng.pick(['LD', 'JG'])}-${rng.int(100, 999)}-${rng.int(10, 99)}`
    case '车尾': return rng.pick(['', '', 'K', 'M', 'T'])
    case '金额数': return render(rng.pick(amounts), rng, () => '')
    default: return null
  }
}

/** Slots for a text about a place, spoken on a day; `facts` of an earlier text keep their values. */
export function createSlots(rng: Rng, place: DemoPlace, on: CivilHour, facts: Record<string, string> = {}): Slots {
  const texts = new Map<string, string>(Object.entries(facts))
  const stored = new Map<string, ElementValue>()
  const shown = new Set<string>()
  const drawn = new Map<string, string>()
  const community = areaOf(place.areaCode)
  const time = createToldTime(rng, on, () => texts.get('今早') ?? texts.get('昨晚') ?? texts.get('昨日') ?? texts.get('昨天'))

  function elementText(name: string): string | null {
    const definition = elementCatalogue.get(name)
    if (!definition) return null
    if (definition.type === 'date') {
      const [min = 1, max = 1] = definition.pattern.split('-').map(Number)
      const day = time.elementDay(min, max, name === '发生时间' || name === '起始时间')
      stored.set(name, day.iso)
      return day.text
    }
    const named = narrower[name]?.find((word) => texts.has(word))
    const value = named ? text(named) : definition.options ? rng.pick(definition.options) : render(definition.pattern, rng, text)
    stored.set(name, definition.type === 'number' ? Number(value) : value)
    return value
  }

  function make(name: string): string {
    if (name === '日期') return time.day()
    if (name === '日后') return time.dayToCome()
    if (name === '几天' || name === '多久') return time.span(name === '几天' ? 'short' : 'long')
    const phrase = phrases[name]
    if (phrase) return render(phrase, rng, text)
    const made = placeSlot(rng, place, name) ?? nameOrganisation(rng, name, community) ?? elementText(name)
    if (made === null) throw new Error(`no slot "${name}"`)
    return made
  }

  function text(asked: string): string {
    const name = aliases[asked] ?? asked
    if (elementCatalogue.has(name)) shown.add(name)
    const known = texts.get(name)
    if (known !== undefined) return known
    const made = make(name)
    texts.set(name, made)
    return made
  }

  return {
    text,
    render: (template) => render(template, rng, text, drawn),
    value: (element) => {
      const before = shown.has(element.name)
      const value = text(element.name)
      if (!before) shown.delete(element.name)
      return stored.get(element.name) ?? value
    },
    shown,
    facts: () => Object.fromEntries(texts),
  }
}
