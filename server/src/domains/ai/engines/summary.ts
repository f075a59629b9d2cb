// A short title and a summary made only of the text's own sentences: nothing is invented. Pure.
import { allWords } from '../../../kernel/text/index.ts'

const TITLE = 30
const MOST_SENTENCES = 60
/** A sentence that weighs less than this share of the weightiest is an aside. */
const ASIDE = 0.25
const COURTESY = /^(?:您好|你好|尊敬的[^，,。]*|各位领导|领导(?:您?好)?|谢谢|感谢[^，,。]*|恳请[^，,。]*|希望[^，,。]{0,12}|请(?:有关部门|领导|政府)[^，,。]*|本人是?|我是)[，,：:！!。\s]*/u
const DEMAND = /(?:投诉|举报|反映|要求|咨询|请问|希望|建议|不热|停水|停电|扰民|拖欠|退费|退款|漏水|破损|坏了|不亮|积水|堵塞|噪音|违建|占道|污染|欠薪|维修|投诉)/

const sentencesOf = (text: string): string[] => text.slice(0, 20_000).split(/(?<=[。！？!?；;\n])/).map((s) => s.trim()).filter((s) => s.replace(/[^\p{L}\p{N}]/gu, '').length >= 4).slice(0, MOST_SENTENCES)

/** Sentences weighed by the words they share with the others (TextRank on shared words), so that asides fall away. */
function weights(sentences: readonly string[]): number[] {
  const words = sentences.map((s) => new Set(allWords(s).filter((w) => w.length > 1)))
  const links = words.map((a, i) => words.map((b, j) => (i === j || a.size < 2 || b.size < 2 ? 0 : [...a].filter((w) => b.has(w)).length / (Math.log(a.size) + Math.log(b.size)))))
  const sums = links.map((row) => row.reduce((x, y) => x + y, 0))
  let rank = sentences.map(() => 1)
  for (let round = 0; round < 20; round++) rank = rank.map((_, i) => 0.15 + 0.85 * links.reduce((sum, row, j) => sum + (sums[j]! > 0 ? (row[i]! / sums[j]!) * rank[j]! : 0), 0))
  return rank.map((r, i) => r * (DEMAND.test(sentences[i]!) ? 1.5 : 1) * (i === 0 ? 1.2 : 1))
}

/** The weightiest sentences in their own order, at most `most` characters. A short text is its own summary. */
export function summarise(text: string, most = 120): string {
  const sentences = sentencesOf(text)
  const rank = weights(sentences)
  const kept: number[] = []
  let length = 0
  const best = Math.max(...rank)
  for (const i of sentences.map((_, at) => at).toSorted((a, b) => rank[b]! - rank[a]!)) {
    if (rank[i]! < best * ASIDE) break
    if (length + sentences[i]!.length > most && kept.length > 0) continue
    kept.push(i)
    length += sentences[i]!.length
    if (length >= most) break
  }
  return [...kept.toSorted((a, b) => a - b).map((i) => sentences[i]!).join('')].slice(0, most).join('')
}

/** The clause that names the trouble, without courtesies; at most 30 characters. Null where the text says nothing. */
export function titleFrom(text: string): string | null {
  const clauses = sentencesOf(text).slice(0, 20).flatMap((s) => s.split(/[，,、。！？!?；;\n]/)).map((c) => c.replace(COURTESY, '').trim()).filter((c) => [...c].length >= 4)
  const best = clauses.slice(0, 30).map((clause, i) => ({ clause, worth: (DEMAND.test(clause) ? 2 : 0) + (/[路街区县镇村院楼号]/.test(clause) ? 0.8 : 0) + Math.min(12, [...clause].length) / 12 - i * 0.08 })).toSorted((a, b) => b.worth - a.worth)[0]
  return best ? [...best.clause].slice(0, TITLE).join('') : null
}
