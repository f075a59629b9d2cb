// What may be wrong with a reply before it goes out: a demand it does not take up, a text made for something else, slips of the pen, a unit that is
// not competent. Judged beside the words of the site's own earlier texts; a person decides. Pure.
import { setImmediate } from 'node:timers/promises'
import { allWords, dictionaryWords, syllables } from '../../../kernel/text/index.ts'

/** In how many earlier texts a word or a pair of characters occurs. */
export type Background = { texts: number; words: ReadonlyMap<string, number>; pairs: ReadonlyMap<string, number>; /** Words by their sound. */ sounds: ReadonlyMap<string, readonly string[]>; /** Some questions, for telling whether a reply is nearer to its own than to others. */ questions: readonly ReadonlySet<string>[] }
export const replyFaults = ['unanswered', 'template', 'characters', 'otherUnit'] as const
export type ReplyFinding = { fault: (typeof replyFaults)[number]; /** The part of the question or reply that it is about. */ text: string; /** What may have been meant. */ instead?: string }

const HAN = /^\p{Script=Han}+$/u
const MOST = 6000
const plainOf = (text: string): string => text.slice(0, MOST).replace(/\s+/g, '')
/** Pairs of characters, names with letters and longer numbers: what a text is told apart by. */
const pairsOf = (plain: string): Set<string> => new Set([...plain.toLowerCase().matchAll(/(?=(\p{Script=Han}{2}))|[a-z]+\d*\p{Script=Han}?|\d{3,}/gu)].map((m) => m[1] ?? m[0]))
export type Exchange = { question: string; reply: string }
const QUESTIONS = 200
const REST = 10

/** Counts of earlier questions and replies; some hundred are enough for common words, a few thousand for the words of a place. Takes some ms a text and lets others run meanwhile. */
export async function backgroundOf(exchanges: readonly Exchange[]): Promise<Background> {
  const [words, pairs] = [new Map<string, number>(), new Map<string, number>()]
  let n = 0
  for (const { question, reply } of exchanges) {
    n += 1
    if (n % REST === 0) await setImmediate()
    const plain = plainOf(`${question} ${reply}`)
    for (const word of new Set(allWords(plain))) if (word.length >= 2) words.set(word, (words.get(word) ?? 0) + 1)
    for (const pair of pairsOf(plain)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  const sounds = new Map<string, string[]>()
  for (const [word, count] of words) {
    if ((n += 1) % (REST * 20) === 0) await setImmediate()
    if (count < USUAL || word.length > 4 || !HAN.test(word)) continue
    const sound = syllables(word).join(' ')
    sounds.set(sound, [...(sounds.get(sound) ?? []), word])
  }
  const every = Math.max(1, Math.floor(exchanges.length / QUESTIONS))
  return { texts: exchanges.length, words, pairs, sounds, questions: exchanges.filter((_, i) => i % every === 0).map((one) => pairsOf(plainOf(one.question))) }
}

/** A word this often met is known; its homophone never met beside its neighbours is a slip. */
const USUAL = 10
const LEAST_TEXTS = 200
/** Ends of names of places and offices: abbreviations with them sound like words. */
const OFFICES = /[省市县区镇乡街村社组局办院校路经]/

function slips(reply: string, question: string, background: Background): ReplyFinding[] {
  if (background.texts < LEAST_TEXTS) return []
  const tokens = dictionaryWords(plainOf(reply))
  const found = new Map<string, ReplyFinding>()
  tokens.forEach((token, from) => {
    let [text, single] = ['', false]
    for (let to = from; to < Math.min(tokens.length, from + 4); to++) {
      const next = tokens[to] ?? ''
      if (!HAN.test(next)) return
      text += next
      single ||= next.length === 1
      if (text.length > 4) return
      if (to === from || !single || found.has(text) || background.words.has(text) || question.includes(text)) continue
      const meant = soundsLike(text, background)
      if (meant) found.set(text, { fault: 'characters', text, instead: meant })
    }
  })
  return [...found.values()]
}

/** The commonest known word of the same sound that differs in one character, where that character never stood beside its neighbour. */
function soundsLike(text: string, { sounds, words, pairs }: Background): string | null {
  const meant = (sounds.get(syllables(text).join(' ')) ?? []).filter((word) => word.length === text.length && [...word].filter((c, i) => c !== text[i]).length === 1).toSorted((a, b) => (words.get(b) ?? 0) - (words.get(a) ?? 0))[0]
  if (meant === undefined) return null
  const at = [...meant].findIndex((c, i) => c !== text[i])
  if (text.length === 2 && OFFICES.test(text)) return null
  const beside = [at > 0 ? text.slice(at - 1, at + 1) : null, at + 1 < text.length ? text.slice(at, at + 2) : null].filter((p) => p !== null)
  return beside.every((pair) => !pairs.has(pair)) ? meant : null
}

/** How much a pair tells: nothing where every fifth text has it. */
function tells(pair: string, { pairs, texts }: Background): number {
  const count = pairs.get(pair) ?? 0
  return count > texts / 5 ? 0 : Math.log((texts + 1) / (count + 1))
}
const sum = (pairs: Iterable<string>, weigh: (pair: string) => number): number => { let all = 0; for (const pair of pairs) all += weigh(pair); return all }

/** Share of what a text is about that the reply takes up, from 0 to 1. */
function takenUp(text: ReadonlySet<string>, reply: ReadonlySet<string>, background: Background): number {
  const weigh = (pair: string): number => tells(pair, background)
  const all = sum(text, weigh)
  return all === 0 ? 1 : sum(text, (pair) => (reply.has(pair) ? weigh(pair) : 0)) / all
}

/** Share of other questions to which the reply is as near as to its own (cosine): near 0 for a reply that speaks of its question. */
function nearerToOthers(question: ReadonlySet<string>, reply: ReadonlySet<string>, background: Background): number {
  const near = (other: ReadonlySet<string>): number => {
    let [common, own] = [0, 0]
    for (const pair of other) {
      const weight = tells(pair, background) ** 2
      own += weight
      if (reply.has(pair)) common += weight
    }
    return own === 0 ? 0 : common / Math.sqrt(own)
  }
  const own = near(question)
  return background.questions.filter((other) => near(other) >= own).length / background.questions.length
}

const NUMBERED = /(?:^|[。！？；;：:\n\s，,])(?:[（(]?[一二三四五六七八九][)）、]|[（(]?[1-9][)）、．.](?!\d)|第[一二三四五六][、，,：:]|其[一二三四][、，,：:]|疑问[一二三四五六][：:]|问题[一二三四五六][：:])/g

/** The demands of a question that numbers them; a question that does not is one. */
export function demandsOf(question: string): string[] {
  const starts = [...question.matchAll(NUMBERED)].map((m) => m.index)
  if (starts.length < 2) return [question]
  return starts.map((from, i) => question.slice(from, starts[i + 1] ?? question.length).replace(/^[\s。！？；;：:，,]+/, '').trim()).filter((one) => one.length >= 8)
}

/** Chosen on one half of real replies. Shorter replies say too little to be of another matter; whether they say enough is another question. */
const STRANGE = 0.1
const LITTLE = 0.08
const LONG_ENOUGH = 100
const UNTOUCHED = 0.018
const LEAST_PAIRS = 12
const HANDED_ON = /(?:属于?|是|系|归|由)([^，。；;、]{0,24}?)(?:的?(?:职责|职能|管辖|管理)范围|负责(?:处理|办理|管理|解答)?|主管|管辖)|(?:请|可|建议)(?:您|你)?(?:直接)?(?:向|到|咨询|联系|拨打)([^，。；;、]{2,24}?)(?:反映|咨询|申请|投诉|办理|了解|联系|电话)/g

/** Units, other than the competent ones, to which the reply hands the matter on. */
function otherUnits(reply: string, units: readonly string[], competent: ReadonlySet<string>): ReplyFinding[] {
  const found = new Map<string, ReplyFinding>()
  for (const match of plainOf(reply).matchAll(HANDED_ON)) {
    const named = match[1] ?? match[2] ?? ''
    const unit = units.filter((u) => named.includes(u)).toSorted((a, b) => b.length - a.length)[0]
    if (unit && !competent.has(unit)) found.set(unit, { fault: 'otherUnit', text: match[0].slice(0, 60), instead: unit })
  }
  return [...found.values()]
}

export type Checked = { title: string; content: string; reply: string; /** Names of units as replies write them, and those that are competent here. */ units: readonly string[]; competent: ReadonlySet<string> }

/** What a reader should look at again, at most eight; nothing for an empty reply. */
export function checkReply({ title, content, reply, units, competent }: Checked, background: Background): ReplyFinding[] {
  if (reply.trim() === '') return []
  const findings = slips(reply, `${title}${content}`, background)
  const plain = plainOf(reply)
  if (plain.length >= LONG_ENOUGH && background.texts >= LEAST_TEXTS) {
    const said = pairsOf(plain)
    const asked = pairsOf(plainOf(`${title}。${content}`))
    // Others may ask the same: nearness to their questions says something only where little of the own one is taken up.
    if (takenUp(asked, said, background) < LITTLE && nearerToOthers(asked, said, background) > STRANGE) findings.unshift({ fault: 'template', text: title.slice(0, 60) })
    else for (const demand of demandsOf(content)) {
      const about = pairsOf(plainOf(demand).slice(0, 150))
      if (demand !== content && about.size >= LEAST_PAIRS && takenUp(about, said, background) <= UNTOUCHED) findings.unshift({ fault: 'unanswered', text: demand.slice(0, 60) })
    }
  }
  return [...otherUnits(reply, units, competent), ...findings].slice(0, 8)
}
