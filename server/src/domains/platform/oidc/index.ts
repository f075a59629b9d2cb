// Sign-in by the government's identity platform (OpenID Connect).
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { oidcErrors } from './oidc.errors.ts'
import { getIdentityProvider, saveIdentityProvider } from './provider.ts'
import { finishOidc, signInOptions, startOidc } from './sign-in-by-oidc.ts'

export const part = definePart({
  permissions: { 'platform.manageIdentityProvider': '配置统一身份认证' },
  roles: { tenantAdmin: { 'platform.manageIdentityProvider': 'tenant' }, systemAdmin: { 'platform.manageIdentityProvider': 'tenant' } },
  routes: [bind(contract.signInOptions, signInOptions), bind(contract.startOidc, startOidc), bind(contract.finishOidc, finishOidc), bind(contract.getIdentityProvider, getIdentityProvider), bind(contract.saveIdentityProvider, saveIdentityProvider)],
  errors: oidcErrors,
})
