// Reads free words by rules: type, matter, area, address, time, elements, a tidied text and a summary. Every step may find nothing.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { appealTypes } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import { publicMatter, suggestMatters } from '../catalogue/public-matters.ts'
import { typeOf } from '../robot/robot.ts'
import { titleOf } from '../submissions/submission.ts'
import { maxTurns, submitIncomplete } from '../settings.ts'
import type * as contract from './assist-contract.ts'
import { answerProblem, readElement, standardForm } from './elements.ts'
import { addressIn, areasIn, areasOfTenant, summaryOf, tidy, timeIn } from '../../ai/index.ts'

const SURE = 0.6

export async function assistSubmission(ctx: Ctx, input: Input<typeof contract.assistRoute>): Promise<Output<typeof contract.assistRoute>> {
  const content = tidy(input.text)
  const named = typeOf(input.text)
  const types = await appealTypes(ctx)
  const type = types.find((one) => one.id === (named ?? 'help'))
  const { items } = await suggestMatters(ctx, { text: input.text, ...(named ? { appealType: named } : {}) })
  const first = items[0]
  const areas = areasIn(input.text, await areasOfTenant(ctx))
  const sure = areas.find((area) => area.confidence >= SURE) ?? null
  const answers = first ? (await publicMatter(ctx, { id: first.id })).questions.flatMap((q) => { const found = readElement(q, input.text); return found ? [{ code: q.code, name: q.name, ...found }] : [] }) : []
  return {
    appealType: type ? { id: type.id, name: type.name, confidence: named ? 0.9 : 0.5 } : null,
    // Two matters that fit nearly alike leave it to the requester; one alone is likely.
    matter: first ? { ...first, confidence: items.length === 1 ? 0.8 : 0.65 } : null,
    area: sure, otherAreas: areas.filter((area) => area !== sure).map(({ code, name }) => ({ code, name })), address: addressIn(input.text), time: timeIn(input.text), content, title: titleOf(content), summary: summaryOf(content), answers,
  }
}

/** Compares what is there with what the matter asks for. A wrong answer is asked again at most ⚙ times; then it counts as a gap. */
export async function checkElements(ctx: Ctx, input: Input<typeof contract.checkElementsRoute>): Promise<Output<typeof contract.checkElementsRoute>> {
  const { questions } = await publicMatter(ctx, { id: input.matterId, ...(input.appealType ? { appealType: input.appealType } : {}) })
  const most = await setting(ctx, maxTurns)
  const given = new Map(input.answers.map((a) => [a.code, a]))
  const text = [input.text, input.address].filter((part) => part !== '').join('。')
  const result: Output<typeof contract.checkElementsRoute> = { read: [], again: [], standard: [], ask: [], gaps: [], mayLeave: await setting(ctx, submitIncomplete) }
  for (const question of questions) {
    const answer = given.get(question.code)
    if (answer === undefined) {
      const found = readElement(question, text)
      if (found) result.read.push({ code: question.code, name: question.name, ...found })
      else result.ask.push(question.code)
      continue
    }
    const problem = answerProblem(question, answer.value)
    if (problem !== null && answer.tries < most) result.again.push({ code: question.code, message: problem })
    else if (problem !== null || answer.value === '') result.gaps.push({ code: question.code, name: question.name })
    else result.standard.push({ code: question.code, value: standardForm(question, answer.value) })
  }
  return result
}

type Submitted = { matterId?: string | undefined; appealType: string; content: string; address: string; answers: readonly { code: string; value: string }[] }

/** Answers in standard form and the names of what is missing. @throws 422 where the centre takes no incomplete appeals */
export async function completeAnswers(ctx: Ctx, input: Submitted): Promise<{ answers: { code: string; value: string }[]; gaps: string[] }> {
  if (!input.matterId) return { answers: [...input.answers], gaps: [] }
  const matter = await publicMatter(ctx, { id: input.matterId, appealType: input.appealType }).catch(() => null)
  if (!matter) return { answers: [...input.answers], gaps: [] } // the registration refuses a matter that is not offered
  const answers = input.answers.map((a) => { const q = matter.questions.find((one) => one.code === a.code); return { code: a.code, value: q && a.value !== '' && answerProblem(q, a.value) === null ? standardForm(q, a.value) : a.value } })
  const text = `${input.content}。${input.address}`
  const missing = matter.questions.filter((q) => { const value = answers.find((a) => a.code === q.code)?.value ?? ''; return value === '' ? readElement(q, text) === null : answerProblem(q, value) !== null })
  if (missing.length > 0 && !(await setting(ctx, submitIncomplete))) throw kernelErrors('invalid', { rule: submitIncomplete.key, fields: missing.map((q) => ({ path: `answers.${q.code}`, message: q.ask })) })
  return { answers, gaps: missing.map((q) => q.name) }
}
