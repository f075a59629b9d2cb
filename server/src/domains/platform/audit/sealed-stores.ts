import { definePort } from '../../../kernel/port.ts'
import { auditStore, type SealedStore } from '../../../kernel/audit/index.ts'

/** Later domains hand in their append-only stores (the timeline of orders); all are sealed every second and verified on one page. */
export const sealedStores = definePort<() => SealedStore>('platform.sealedStores')

export const allSealedStores = (): SealedStore[] => [auditStore, ...sealedStores.all().map((store) => store())]
