// Routes out of the features' registrations; a page loads when it is opened.
import type { ComponentType, ReactElement } from 'react'
import { Navigate, createBrowserRouter } from 'react-router'
import type { RouteObject } from 'react-router'
import type { FeatureRoute } from './feature.ts'
import { features } from './features.ts'
import { Loading } from '../ui/Empty.tsx'
import { buildRail } from './rail.ts'
import { useSession } from './session.tsx'
import { Shell } from './Shell.tsx'
import { Crash, LoadFailed, NoPermission, NotFound } from './Trouble.tsx'

const all: FeatureRoute[] = features.flatMap((feature) => feature.routes)

function page(route: FeatureRoute): RouteObject {
  return {
    path: route.path,
    handle: { title: route.title },
    errorElement: <Crash />,
    lazy: async () => {
      try {
        const loaded = await route.lazy()
        return { Component: guarded(loaded.default, route.permission) }
      } catch {
        // A page that does not come (network, a new version on the server) says so; the router alone would leave the place empty.
        return { Component: LoadFailed }
      }
    },
  }
}

function guarded(Page: ComponentType, permission: string | string[] | undefined): ComponentType {
  return function Guarded(): ReactElement {
    const { can } = useSession()
    return permission !== undefined && !can(permission) ? <NoPermission permission={permission} /> : <Page />
  }
}

/** "/" is the start page of the person's role; where that page is not there (yet), the first entry of the rail. */
function Start(): ReactElement {
  const { user, permissionSet, can } = useSession()
  const known = all.find((route) => route.path === user.startPage && can(route.permission))
  const first = buildRail(features, { roles: user.roles.map((role) => role.code), permissions: permissionSet })[0]?.entries[0]?.path
  return <Navigate replace to={known?.path ?? first ?? '/home'} />
}

export function makeRouter() {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <Crash />,
      HydrateFallback: () => <Loading />,
      children: [{ index: true, element: <Start /> }, ...all.filter((route) => !route.bare).map(page), { path: '*', element: <NotFound /> }],
    },
    ...all.filter((route) => route.bare).map(page),
  ])
}
