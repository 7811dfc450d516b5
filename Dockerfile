# One image for the API, the worker and the migrations; docker-compose.yml says which one a container is.
# Debian, not Alpine: Temporal's native library is linked against glibc.
# The newest long-term release. With a digest it is the same image on every day: docs/release.md tells how to pin it.
ARG NODE_IMAGE=node:26-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package runs a script of its own: compilers and libraries come as they are used.
RUN npm ci --ignore-scripts
COPY . .
# The workflow bundle is made once here, so that every worker replays the same code and starts fast.
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force \
  # The package brings its library for other systems, too: 190 MB that no container loads.
  && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32

FROM ${NODE_IMAGE}
# TLS to Meta and to Temporal Cloud is checked against the system's certificates; tini reaps and passes signals on.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
USER node
EXPOSE 3000 9464 9465
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/api/main.js"]
