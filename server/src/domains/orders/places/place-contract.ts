// Places as routes: conversion and check of a point, outlines of areas, what the map of a site is (ORD-06).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { systems } from './coordinates.ts'
import { pointRequired } from './places.settings.ts'

const lon = z.coerce.number().min(-180).max(180)
const lat = z.coerce.number().min(-90).max(90)
const ring = z.array(z.tuple([z.number(), z.number()]))
const staff = { audience: 'staff', tag: 'places' } as const

export const checkPointRoute = describeRoute({
  ...staff, id: 'checkPoint', method: 'GET', path: '/api/places/point', summary: '点位换算与校验', access: { permission: 'orders.read' },
  query: z.object({ lon, lat, system: z.enum(systems).default('WGS84'), areaCode: z.string().regex(/^\d{2,12}$/).optional() }),
  response: z.object({
    /** In WGS-84, as stored. */
    lon: z.number(), lat: z.number(), all: z.array(z.object({ system: z.enum(systems), lon: z.number(), lat: z.number() })),
    /** Null where the site has loaded no outline for the area. */
    inArea: z.boolean().nullable(), area: z.object({ code: z.string(), name: z.string() }).nullable(),
    /** Places of earlier orders around the point, nearest first: they name it where the site has no address service. */
    places: z.array(z.object({ areaCode: z.string().nullable(), areaName: z.string().nullable(), address: z.string(), metres: z.number().int(), orders: z.number().int() })),
  }),
})
export const mapOfSiteRoute = describeRoute({
  ...staff, id: 'mapOfSite', method: 'GET', path: '/api/places/map', summary: '地图设置与区划轮廓', access: { permission: 'orders.read' }, query: z.object({ areaCode: z.string().regex(/^\d{2,12}$/).optional() }),
  response: z.object({ tileUrl: z.string().nullable(), tileSystem: z.enum(systems), attribution: z.string(), centre: z.object({ lon: z.number(), lat: z.number() }).nullable(), outlines: z.array(z.object({ code: z.string(), name: z.string(), rings: z.array(ring) })) }),
})
export const loadOutlinesRoute = describeRoute({
  ...staff, id: 'loadAreaOutlines', method: 'PUT', path: '/api/places/outlines', summary: '导入区划边界', access: { permission: 'orders.loadOutlines' },
  body: z.object({ type: z.literal('FeatureCollection'), system: z.enum(systems).default('WGS84'), features: z.array(z.object({ properties: z.record(z.string(), z.unknown()), geometry: z.union([z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }), z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) })]) })).min(1).max(5000) }),
  response: z.object({ loaded: z.number().int(), refused: z.array(z.object({ index: z.number().int(), reason: z.string() })) }),
})

const manage = { audience: 'staff', tag: 'registrationRules', access: { permission: 'orders.manageRegistrationRules' } } as const
export const pointRulesRoute = describeRoute({ ...manage, id: 'pointRules', method: 'GET', path: '/api/order-point-rules', summary: '必须地图选点的条件', response: z.object({ rules: pointRequired.schema }) })
export const setPointRulesRoute = describeRoute({ ...manage, id: 'setPointRules', method: 'PUT', path: '/api/order-point-rules', summary: '维护必须选点的条件', body: z.object({ rules: pointRequired.schema, reason: z.string().trim().min(1).max(200) }), response: z.object({ rules: pointRequired.schema }) })
export const tryPointRulesRoute = describeRoute({
  ...manage, id: 'tryPointRules', method: 'POST', path: '/api/order-point-rules/trial', summary: '用历史工单试运行选点条件', audit: false, body: z.object({ rules: pointRequired.schema, days: z.number().int().min(1).max(366).default(30) }),
  response: z.object({ examined: z.number().int(), /** Orders that would have needed a point. */ needed: z.number().int(), /** Of these, registered without one. */ lacking: z.number().int(), sample: z.array(z.object({ id: z.string(), number: z.string(), title: z.string() })) }),
})
