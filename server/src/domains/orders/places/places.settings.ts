import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import { systems } from './coordinates.ts'

const when = z.object({ join: z.enum(['all', 'any']).default('all'), appealTypes: z.array(z.string()).default([]), matterIds: z.array(z.string()).default([]), categoryIds: z.array(z.string()).default([]), areaCodes: z.array(z.string()).default([]), urgencies: z.array(z.string()).default([]) })

export const pointRequired = defineSetting({ key: 'pointRequired', label: '必须地图选点的条件', help: '每组条件内全部满足或满足任一；任一组成立即须选点', schema: z.array(when).max(20), fallback: [], scope: 'tenant' })
export const mapTileUrl = defineSetting({ key: 'map.tileUrl', label: '地图瓦片地址', help: '含 {z} {x} {y}；留空时只用坐标和区划轮廓', schema: z.string().max(300).refine((v) => v === '' || (/^https?:\/\//.test(v) && ['{z}', '{x}', '{y}'].every((p) => v.includes(p))), '须以 http(s):// 开头并含 {z} {x} {y}'), fallback: '', scope: 'tenant' })
export const mapTileSystem = defineSetting({ key: 'map.tileSystem', label: '瓦片坐标系', schema: z.enum(systems), fallback: 'WGS84' as const, scope: 'tenant' })
export const mapAttribution = defineSetting({ key: 'map.attribution', label: '地图审图号或版权说明', schema: z.string().max(200), fallback: '', scope: 'tenant' })
export const mapCentre = defineSetting({ key: 'map.centre', label: '地图中心（经度,纬度）', schema: z.string().regex(/^$|^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/), fallback: '', scope: 'tenant' })
