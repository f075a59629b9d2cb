import { useSyncExternalStore } from 'react'
import { currentPhone, watchPhone } from './softphone.ts'
import type { Phone } from './softphone.ts'

export const usePhone = (): Phone => useSyncExternalStore(watchPhone, currentPhone)
