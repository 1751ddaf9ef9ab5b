# The whole of it in one container: sipstack run. Built from this folder: docker build -t sipstack-connect .
FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true -pl all-in-one -am package

FROM eclipse-temurin:17-jre
# A new volume is made like this folder, and belongs to PUID:PGID only by what lies in it, which is closed to others
RUN mkdir -p /var/lib/sipstack && chown 1000:1000 /var/lib/sipstack && chmod 1777 /var/lib/sipstack
COPY --from=build /src/sipstack /opt/sipstack/
COPY --from=build /src/all-in-one/target/sipstack /opt/sipstack/all-in-one/target/sipstack
USER 1000:1000
VOLUME /var/lib/sipstack
WORKDIR /var/lib/sipstack
EXPOSE 8000
# The heap follows the container's memory limit; docs/sizing.md has what was measured
ENV SIPSTACK_JAVA_OPTS="-XX:MaxRAMPercentage=30 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=64m -XX:+ExitOnOutOfMemoryError" \
    MALLOC_ARENA_MAX=2
# Without MONITORING_ENABLED nobody can be asked
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["bash", "-c", "[ \"${MONITORING_ENABLED,,}\" = false ] || { exec 3<>/dev/tcp/127.0.0.1/${MONITORING_PORT:-8000} && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '; }"]
ENTRYPOINT ["/opt/sipstack/sipstack"]
CMD ["run", "--data", "/var/lib/sipstack"]
