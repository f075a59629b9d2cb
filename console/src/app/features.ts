// Every src/features/<d>/feature.ts(x) is part of the console; they hold plain data and lazy imports only.
import type { Feature } from './feature.ts'

const modules = import.meta.glob<{ feature: Feature }>('../features/*/feature.{ts,tsx}', { eager: true })

export const features: Feature[] = Object.keys(modules)
  .sort()
  .flatMap((path) => {
    const module = modules[path]
    return module ? [module.feature] : []
  })
