// Cryptography, masks and check digits. Pure: keys and stored values come as arguments.
export { KeyFileError, loadKeyRing, rotateKeyRing } from './key-ring.ts'
export type { DataKey, KeyFileProblem, KeyRing } from './key-ring.ts'
export { decrypt, DecryptError, encrypt, isCiphertext, needsReencryption } from './cipher.ts'
export type { DecryptProblem } from './cipher.ts'
export { cryptoSelfTest, keyedHash, sameSecret, sm3 } from './digest.ts'
export {
  applyMask,
  isMasked,
  maskAddress,
  maskAlgorithms,
  maskEmail,
  maskIdNumber,
  maskName,
  maskPhone,
  maskText,
} from './masks.ts'
export type { MaskAlgorithm, MaskRule } from './masks.ts'
export {
  checkPasswordPolicy,
  defaultPasswordPolicy,
  hashPassword,
  needsRehash,
  oneTimePassword,
  passwordAge,
  verifyPassword,
} from './passwords.ts'
export type { PasswordOwner, PasswordPolicy, PasswordRule, PasswordViolation } from './passwords.ts'
export { newTotpSecret, totpUri, verifyTotp } from './totp.ts'
export type { TotpResult } from './totp.ts'
export { enquiryCode, hashToken, normaliseEnquiryCode, numericCode, randomToken } from './tokens.ts'
export { isCreditCode, isIdNumber, isMobile, isTelephone, normalisePhone } from './identifiers.ts'
export { maskAlgorithmTexts, passwordRuleTexts } from './crypto.zh-CN.ts'
