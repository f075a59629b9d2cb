// Public knowledge as a source of public answers: portal, app, mini program, official account and robot read it from here.
import type { Ctx } from '../../../kernel/ctx.ts'
import { openPublic, publicCategories, searchPublic, type PublicLine } from '../../knowledge/index.ts'
import type { Question, QuestionSource } from './question-sources.ts'

const SOURCE = 'kno'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const questionOf = (line: PublicLine, more: Partial<Question> = {}): Question => ({ id: `${SOURCE}:${line.id}`, title: line.title, answer: line.excerpt, category: line.category, matterId: null, updatedAt: line.updatedAt, validUntil: line.validUntil, fit: line.fit, ...more })

export const knowledgeQuestions: QuestionSource = {
  code: SOURCE,
  async find(ctx: Ctx, { words, category, limit }) {
    if (words?.length === 0) return []
    return (await searchPublic(ctx, { ...(words ? { q: words.join(' ') } : {}), ...(category ? { category } : {}), limit })).map((line) => questionOf(line))
  },
  async open(ctx, id) {
    const item = uuid.test(id) ? await openPublic(ctx, id) : null
    return item ? questionOf(item, { answer: item.text, matterId: item.matterId, body: { doc: item.doc, summary: item.summary, fields: item.fields, basis: item.basis, contact: item.contact, source: item.source, version: item.version, files: item.files } }) : null
  },
  categories: publicCategories,
}
