# Written with care and read twice; no container engine was at hand to build it. docs/running.md tells how it is run.
FROM node:24-bookworm-slim AS packages
WORKDIR /opt/heard
COPY package.json package-lock.json ./
# With the optional packages: what hashes passwords comes as one for each kind of machine.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/heard
WORKDIR /opt/heard
COPY --from=packages /opt/heard/node_modules node_modules
COPY package.json ./
COPY src src
COPY views views
COPY locales locales
COPY public public
COPY migrations migrations
COPY plans plans
COPY templates templates
RUN mkdir -p /var/lib/heard && chown node:node /var/lib/heard && chmod 700 /var/lib/heard
USER node
VOLUME /var/lib/heard
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.PORT+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
CMD ["node", "src/server.ts"]
