// Policies for whoever reads (KNO-32), and knowledge by scenario (KNO-20): the texts are knowledge's, the likes and the groups are ours.
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { publicPolicies, publicScenes, publicTopic, publicTopics } from '../../knowledge/index.ts'
import { db } from '../accounts/account.queries.ts'
import { ownMemberships } from '../enterprises/enterprise.queries.ts'
import type * as contract from './question-contract.ts'

type Line = Output<typeof contract.findPoliciesRoute>['items'][number]
const MOST = 100

/** An account that speaks for an enterprise belongs to both groups; everybody else, visitors too, is a person. */
export async function groupsOfAsker(ctx: Ctx): Promise<readonly string[]> {
  const speaks = ctx.actor.kind === 'citizen' && (await ownMemberships(ctx)).some(({ row }) => row.state === 'active')
  return speaks ? ['enterprise', 'person'] : ['person']
}

async function likesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = ids.length === 0 ? [] : await db(ctx).selectFrom('intake_question_vote').select(['item_id as id', (e) => e.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).where('item_id', 'in', ids).where('useful', '=', true).groupBy('item_id').execute()
  return new Map(rows.map((row) => [row.id, row.n]))
}

/** What names the reader's group, what he follows, what everybody looks at now, then the others; in each by likes and date. */
export async function listPolicies(ctx: Ctx, input: Input<typeof contract.findPoliciesRoute>): Promise<Output<typeof contract.findPoliciesRoute>> {
  const found = await publicPolicies(ctx, { ...(input.query ? { q: input.query } : {}), limit: MOST })
  const likes = await likesOf(ctx, found.map((one) => `kno:${one.id}`))
  const enterprise = (await groupsOfAsker(ctx)).includes('enterprise')
  const items = found.map((one): Line => ({
    id: `kno:${one.id}`, title: one.title, excerpt: one.excerpt, category: one.category, updatedAt: one.updatedAt, validUntil: one.validUntil, likes: likes.get(`kno:${one.id}`) ?? 0, why: input.interests.includes(one.category) ? 'interest' : one.forGroup ? 'group' : one.hot ? 'hot' : 'new',
  }))
  const rank = (one: Line): number => ['interest', 'group', 'hot', 'new'].indexOf(one.why)
  return { items: items.toSorted((a, b) => rank(a) - rank(b) || b.likes - a.likes || b.updatedAt - a.updatedAt), categories: [...new Set(items.map((one) => one.category).filter(Boolean))], enterprise }
}

export async function listScenes(ctx: Ctx): Promise<Output<typeof contract.scenesRoute>> {
  const libraries = await publicScenes(ctx)
  return { items: libraries.map((one) => ({ ...one, scenarios: one.scenarios.map((scenario) => ({ id: scenario.id, name: scenario.name, items: scenario.items.map((item) => ({ id: `kno:${item.id}`, title: item.title })) })) })) }
}

export async function listTopics(ctx: Ctx): Promise<Output<typeof contract.topicsRoute>> {
  return { items: await publicTopics(ctx) }
}

export async function openTopic(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.topicRoute>> {
  const topic = await publicTopic(ctx, input.id)
  if (!topic) throw kernelErrors('notFound')
  return { ...topic, tree: topic.tree.map(({ id, parentId, name, description, attributes, body, ...node }) => ({ id, parentId, name, description, attributes, body, files: node.files.map((file) => ({ id: file.id, name: file.name, size: file.size })), items: node.items.map((item) => ({ id: `kno:${item.id}`, title: item.title, usable: item.usable, why: item.why })) })) }
}
