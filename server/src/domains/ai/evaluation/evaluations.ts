// Stored figures: of this site's models on its frozen part, and of the product on public sets as its benches measured them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { shippedOf } from '../applications/shipped.zh-CN.ts'
import { db } from '../ai.queries.ts'
import { candidateNames } from '../ports.ts'
import type * as contract from '../contract.ts'
import { qualitySchema } from './metrics.ts'

const productSchema = z.object({ application: z.string(), dataset: z.string(), split: z.string(), samples: z.number().int(), quality: qualitySchema })
type Product = z.infer<typeof productSchema>
type Run = Output<typeof contract.getEvaluation>

let product: Map<string, Product> | null = null
/** Figures only, written by the benches of the product; no text and no model comes with them. */
function productRuns(): Map<string, Product> {
  if (product) return product
  const folder = join(import.meta.dirname, 'product-runs')
  let files: string[] = []
  try {
    files = readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted()
  } catch {
    // none were measured for this build
  }
  product = new Map(files.map((name) => [`product-${name.slice(0, -5)}`, productSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))]))
  return product
}

const nameOf = (application: string): string => shippedOf(application)?.name ?? application

const productRun = ([id, run]: [string, Product]): Run => ({ id, application: run.application, applicationName: nameOf(run.application), modelNumber: null, dataset: run.dataset, split: run.split, samples: run.samples, hit1: run.quality.hit1, hitK: run.quality.hitK, macroF1: run.quality.macroF1, at: null, byName: '产品实测', quality: run.quality })

const stored = (ctx: Ctx) => db(ctx).selectFrom('ai_evaluation as e').leftJoin('ai_model as m', (j) => j.onRef('m.tenant_id', '=', 'e.tenant_id').onRef('m.id', '=', 'e.model_id'))
  .select(['e.id', 'e.application', 'm.number as modelNumber', 'e.dataset', 'e.split', 'e.samples', 'e.quality', 'e.at', 'e.by_name as byName']).where('e.tenant_id', '=', ctx.tenantId)

type Stored = Awaited<ReturnType<ReturnType<typeof stored>['execute']>>[number]
const storedRun = ({ quality, ...row }: Stored): Run => {
  const q = qualitySchema.parse(quality)
  return { ...row, applicationName: nameOf(row.application), hit1: q.hit1, hitK: q.hitK, macroF1: q.macroF1, quality: q }
}

export async function listEvaluations(ctx: Ctx): Promise<Output<typeof contract.listEvaluations>> {
  authorize(ctx, 'ai.read')
  const rows = await stored(ctx).orderBy('e.at', 'desc').limit(200).execute()
  return { items: [...rows.map(storedRun), ...[...productRuns()].map(productRun)].map(({ quality: _quality, ...run }) => run) }
}

export async function getEvaluation(ctx: Ctx, input: { id: string }): Promise<Run> {
  authorize(ctx, 'ai.read')
  const shipped = productRuns().get(input.id)
  if (shipped) return productRun([input.id, shipped])
  const row = /^[0-9a-f-]{36}$/.test(input.id) ? await stored(ctx).where('e.id', '=', input.id).executeTakeFirst() : undefined
  if (!row) throw kernelErrors('notFound')
  const run = storedRun(row)
  const labels = run.quality.byClass.map((c) => c.label)
  let names = new Map<string, string>()
  for (const source of candidateNames.all()) names = (await source(ctx, run.application, labels)) ?? names
  const name = (label: string): string => names.get(label) ?? label
  return { ...run, quality: { ...run.quality, byClass: run.quality.byClass.map((c) => ({ ...c, label: name(c.label) })), confusion: run.quality.confusion.map((c) => ({ ...c, gold: name(c.gold), given: name(c.given) })) } }
}
