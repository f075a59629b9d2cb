/** Where an appeal arises: an estate, a building, a road in one community or village. */
import { areaPath, areasUnder, demoCommunities, type DemoArea } from '../areas.ts'
import type { Rng } from '../rng.ts'
import { nameOrganisation } from './organisations.ts'

export interface DemoPlace {
  /** The community or village. */
  areaCode: string
  county: string
  street: string
  community: string
  rural: boolean
  estate: string
  building: string
  /** 3号楼2单元 */
  unit: string
  room: string
  road: string
  crossRoad: string
  doorNo: string
  /** 3组 */
  group: string
  /** A spot in the open that people can find. */
  spot: string
  /** 街道、路名门牌 or 小区楼栋, from the county down: the place of the appeal. */
  address: string
  homeAddress: string
  /** A firm of that place, for requesters who speak for one. */
  company: string
  lon: number
  lat: number
}

function communitiesUnder(area: DemoArea): DemoArea[] {
  return area.level === 5 ? [area] : areasUnder(area.code).flatMap(communitiesUnder)
}

/** A community or village of the setting, within an area where one is given; most people live in town. */
export function pickCommunity(rng: Rng, setting: 'urban' | 'rural' | 'any' = 'any', under?: DemoArea): DemoArea {
  const inside = under ? communitiesUnder(under) : demoCommunities
  const suitable = inside.filter((area) => setting === 'any' || area.rural === (setting === 'rural'))
  return rng.weighted(suitable.length > 0 ? suitable : inside, (area) => (area.rural && setting === 'any' ? 1 : 3))
}

/** Draws a place in a community or village. */
export function makePlace(rng: Rng, community: DemoArea): DemoPlace {
  const [, street, county] = areaPath(community.code)
  if (!street || !county) throw new Error(`${community.code} is no community`)
  const [road = '', crossRoad = ''] = rng.sample(community.roads, 2)
  const estate = rng.pick(community.estates)
  const building = `${rng.int(1, 18)}号楼`
  const unit = `${building}${rng.int(1, 4)}单元`
  const room = `${rng.int(1, 17)}0${rng.int(1, 4)}室`
  const doorNo = `${road}${rng.int(2, 198)}号`
  const group = `${rng.int(1, 9)}组`
  const above = county.name + street.name
  const gate = rng.pick(['东门', '南门', '西门', '北门'])
  return {
    areaCode: community.code,
    county: county.name,
    street: street.name,
    community: community.name,
    rural: community.rural,
    estate, building, unit, room, road, crossRoad, doorNo, group,
    spot: rng.pick([`${doorNo}附近`, `${road}与${crossRoad}交叉口`, `${estate}${gate}外`, `${road}靠近${estate}的位置`]),
    address: community.rural ? `${above}${community.name}${group}` : `${above}${rng.chance(0.6) ? estate + building : doorNo}`,
    homeAddress: community.rural ? `${above}${community.name}${group}${rng.int(1, 60)}号` : `${above}${estate}${unit}${room}`,
    company: nameOrganisation(rng, '公司', community) ?? '',
    lon: Number((community.lon + (rng.next() - 0.5) * 0.012).toFixed(6)),
    lat: Number((community.lat + (rng.next() - 0.5) * 0.012).toFixed(6)),
  }
}
