import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable } from 'rxjs'
import { Download, Page, SeeOther } from '#platform'
import { PageRenderer } from './page-renderer.js'

/** Turns what controllers return (a page, a way to go on, a file) into an HTTP answer. */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(@Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    return next.handle().pipe(map((result: unknown) => this.answer(result, request, reply)))
  }

  private answer(result: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    if (result instanceof Page) {
      reply.status(result.status).type('text/html; charset=utf-8')
      return this.renderer.render(result, request, reply)
    }
    if (result instanceof SeeOther) {
      reply.status(303).header('location', result.path)
      return ''
    }
    if (result instanceof Download) {
      const how = result.inline ? 'inline' : 'attachment'
      reply
        .status(200)
        .type(result.contentType)
        .header('content-disposition', `${how}; filename*=UTF-8''${encodeURIComponent(result.fileName)}`)
        .header('content-security-policy', `default-src 'none'; frame-ancestors 'none'; sandbox`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-cache')
      return result.content
    }
    return result
  }
}
