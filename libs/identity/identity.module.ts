import { Authenticator } from '@fastify/passport'
import { Global, Module } from '@nestjs/common'
import { IdentityDossier } from './dossier.service.js'
import { OneTimeStrategy } from './pages/one-time.strategy.js'
import { SignInController } from './pages/sign-in.controller.js'
import { SignOutController } from './pages/sign-out.controller.js'
import { PASSPORT, type Passport } from './passport.js'
import { People } from './people.service.js'
import { PostgresSessionStore, visitorOfSession } from './session-store.js'
import { SignIn } from './sign-in.service.js'

/** Passport with our one strategy; a session keeps no more than the person's id. */
function createPassport(signIn: SignIn, people: People): Passport {
  const passport = new Authenticator()
  passport.use(new OneTimeStrategy(signIn, people))
  passport.registerUserSerializer(async (visitor: { personId: string }) => visitor.personId)
  passport.registerUserDeserializer(
    async (personId: string, request) => visitorOfSession(request.session, personId) as never,
  )
  return passport
}

@Global()
@Module({
  controllers: [SignInController, SignOutController],
  providers: [
    IdentityDossier,
    People,
    SignIn,
    PostgresSessionStore,
    { provide: PASSPORT, useFactory: createPassport, inject: [SignIn, People] },
  ],
  exports: [People, SignIn, PostgresSessionStore, PASSPORT],
})
export class IdentityModule {}
