// Maps as routes: outlines and the grid of orders of a period (ANA-21).
import { z } from 'zod'
import { localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'

export const mapData = z.object({
  level: z.string(), areas: z.array(z.object({ code: z.string(), name: z.string(), rings: z.array(z.array(z.tuple([z.number(), z.number()]))) })),
  points: z.array(z.object({ lon: z.number(), lat: z.number(), n: z.int(), cell: z.string().describe('As the filter `cell` takes it'), weeks: z.int().describe('Different weeks with orders'), last: z.int().describe('In the last seven days'), kind: z.enum(['chronic', 'sudden']).nullable() })).describe('Counts on a grid of about 500 m'),
  withoutPoint: z.int().describe('Orders that carry no point'), beyond: z.int().describe('Orders in cells that are too many to draw'),
})
export const mapRoute = describeRoute({
  id: 'mapFigures', method: 'POST', path: '/api/analytics/map', summary: '地图数据', audience: 'staff', access: { permission: 'data.read' }, audit: false, limit: 240,
  body: z.object({ from: localDate, to: localDate, level: z.enum(['county', 'street', 'community']), where: z.array(filter).max(10).default([]), under: z.string().regex(/^\d{6,12}$/).optional() }), response: mapData,
})
