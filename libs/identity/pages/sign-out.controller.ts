import { Controller, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SESSION_COOKIE, type SeeOther, seeOther } from '#platform'

@Controller('uitloggen')
export class SignOutController {
  /** Ends the session here and in the database. A repeat changes nothing. */
  @Post()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    await request.session.destroy()
    reply.clearCookie(SESSION_COOKIE, { path: '/' })
    return seeOther('/')
  }
}
