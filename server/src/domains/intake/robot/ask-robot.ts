// One turn: own open orders first, then published answers, then the form; a person as soon as one is wanted or nothing was found twice.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { askedWords, searchTokens } from '../../../kernel/text/index.ts'
import { checkSafety } from '../../ai/index.ts'
import { offeredMatters } from '../../matters/index.ts'
import { ordersOfPhone } from '../../orders/index.ts'
import { publicMatter } from '../catalogue/public-matters.ts'
import { ownOpen } from '../own/read-own.ts'
import { LEAST_FIT } from '../questions/read-questions.ts'
import { findQuestions } from '../questions/question-sources.ts'
import { admit } from '../throttle.ts'
import { addTurns, dialogueFor, endDialogue, ownDialogue } from './dialogue.ts'
import type * as contract from './robot-contract.ts'
import { MISSES_TO_HUMAN, subjectOf, typeOf, wishOf } from './robot.ts'
import { robotTexts } from './robot.zh-CN.ts'

type Answer = Output<typeof contract.askRobotRoute>
type Reply = Omit<Answer, 'dialogueId' | 'wish'>
const MOST_FORMS = 2

export async function askRobot(ctx: Ctx, input: Input<typeof contract.askRobotRoute>): Promise<Answer> {
  await admit(ctx, { kind: 'robotAddress', value: ctx.ip ?? '', max: 600, minutes: 60 })
  const dialogue = await dialogueFor(ctx, input.device, input.dialogueId)
  const wish = wishOf(input.text)
  // What the store filters is neither searched for nor kept.
  const checked = await checkSafety(ctx, { scene: 'input', text: input.text, objectType: 'robot', objectId: dialogue.id })
  if (checked.decision === 'block') {
    const reply = { ...nothing, text: checked.say ?? robotTexts.filtered }
    await addTurns(ctx, dialogue, robotTexts.filteredInput, said(reply), false)
    return { dialogueId: dialogue.id, wish: 'ask', ...reply }
  }
  const reply = await replyTo(ctx, wish, input.text, dialogue.misses)
  const missed = reply.questions.length + reply.forms.filter((f) => f.matterId !== null).length + reply.own.length === 0 && (wish === 'ask' || wish === 'unsolved')
  await addTurns(ctx, dialogue, input.text, said(reply), missed)
  return { dialogueId: dialogue.id, wish, ...reply }
}

/** As the agent will read it. */
const said = (reply: Reply): string => [reply.text, ...reply.questions.map((q) => `《${q.title}》`), ...reply.forms.map((f) => f.name), ...reply.own.map((o) => `${o.title}（${o.stateName}）`)].join('\n')

const nothing = { questions: [], forms: [], own: [], human: false }

async function replyTo(ctx: Ctx, wish: Answer['wish'], text: string, misses: number): Promise<Reply> {
  if (wish === 'human') return { ...nothing, text: robotTexts.human, human: true }
  if (wish === 'thanks') return { ...nothing, text: robotTexts.thanks }
  if (wish === 'unsolved') return { ...nothing, text: robotTexts.unsolved, forms: [emptyForm(text)], human: true }
  if (wish === 'progress') return progress(ctx)
  const subject = subjectOf(text)
  const forms = await formsFor(ctx, text, subject)
  const own = await ownOn(ctx, forms)
  const questions = await fit(ctx, (await findQuestions(ctx, { words: askedWords(subject), limit: 3, least: LEAST_FIT })).map((q) => ({ id: q.id, title: q.title, answer: q.answer })))
  if (own.length > 0) return { text: robotTexts.own, questions, forms, own, human: false }
  if (wish === 'appeal') return { text: forms.some((f) => f.matterId) ? robotTexts.guide : robotTexts.guideNoMatter, questions, forms: forms.length > 0 ? forms : [emptyForm(text)], own, human: false }
  if (questions.length > 0) return { text: robotTexts.answers, questions, forms: forms.slice(0, 1), own, human: false }
  if (forms.length > 0) return { text: robotTexts.guide, questions, forms, own, human: false }
  const again = misses + 1 >= MISSES_TO_HUMAN
  return { text: again ? robotTexts.unknownAgain : robotTexts.unknown, questions: [], forms: [emptyForm(text)], own, human: again }
}

/** An answer that may not go out is left away; public ones name contacts on purpose, so numbers stay. */
async function fit(ctx: Ctx, questions: Reply['questions']): Promise<Reply['questions']> {
  const checked = await Promise.all(questions.map(async (q) => ({ q, decision: (await checkSafety(ctx, { scene: 'answer', text: `${q.title}。${q.answer}`, objectType: 'question', objectId: q.id, privacy: false })).decision })))
  return checked.filter((one) => one.decision === 'pass' || one.decision === 'mask').map((one) => one.q)
}

const emptyForm = (text: string): Reply['forms'][number] => ({ matterId: null, name: '提交诉求', appealType: typeOf(text), say: text, prepare: [] })

async function progress(ctx: Ctx): Promise<Reply> {
  if (ctx.actor.kind !== 'citizen' || ctx.actor.phoneHash === null) return { ...nothing, text: robotTexts.progressSignIn }
  const { items } = await ordersOfPhone(ctx, ctx.actor.phoneHash, { state: 'open', limit: 5 })
  return { ...nothing, text: items.length > 0 ? robotTexts.progress : robotTexts.progressNone, own: items.map((o) => ({ number: o.number, title: o.title, state: o.state, stateName: o.stateName })) }
}

async function formsFor(ctx: Ctx, text: string, subject: string): Promise<Reply['forms']> {
  const words = searchTokens(subject).filter((word) => word.length >= 2).slice(0, 40)
  if (words.length === 0) return []
  const appealType = typeOf(text)
  const matters = await offeredMatters(ctx, { words, ...(appealType ? { appealType } : {}), limit: MOST_FORMS })
  return Promise.all(matters.map(async (m) => ({ matterId: m.id, name: m.name, appealType, say: text, prepare: (await publicMatter(ctx, { id: m.id })).questions.map((q) => q.name) })))
}

/** His own open order on one of the matters: shown before anything else. */
async function ownOn(ctx: Ctx, forms: Reply['forms']): Promise<Reply['own']> {
  if (ctx.actor.kind !== 'citizen' || ctx.actor.phoneHash === null) return []
  const lists = await Promise.all(forms.flatMap((f) => (f.matterId ? [ownOpen(ctx, { matterId: f.matterId })] : [])))
  return [...new Map(lists.flatMap((l) => l.items).map((o) => [o.number, { number: o.number, title: o.title, state: o.state, stateName: o.stateName }])).values()].slice(0, 3)
}

export async function robotFeedback(ctx: Ctx, input: Input<typeof contract.robotFeedbackRoute>): Promise<Record<string, never>> {
  const row = await ownDialogue(ctx, input.id, input.device)
  if (row.outcome !== 'human' && row.outcome !== 'order') await endDialogue(ctx, row.id, input.outcome)
  return {}
}
