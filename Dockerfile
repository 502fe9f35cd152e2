# The image of all processes: web (default), worker and the command line. See docker-compose.yml.

FROM node:20-slim AS build
WORKDIR /samen
COPY package.json package-lock.json .npmrc ./
# PostgreSQL has a container of its own: its binaries (optional packages) are left out of the last stage only,
# because the build needs other optional packages.
RUN npm ci
COPY . .
RUN npm run build \
 # Views, mails and message catalogues are read from the source tree; the code itself from dist.
 && find apps libs -type f -name '*.ts' -delete

FROM node:20-slim AS dependencies
WORKDIR /samen
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 SAMEN_WORKER=separate
WORKDIR /samen
COPY --from=dependencies /samen/node_modules node_modules
COPY --from=build /samen/package.json package.json
COPY --from=build /samen/dist dist
COPY --from=build /samen/apps apps
COPY --from=build /samen/libs libs
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/gezond`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/web/main.js"]
