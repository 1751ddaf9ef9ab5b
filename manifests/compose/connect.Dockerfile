# A Connect worker with our plugins. Built from the project's folder, as docker-compose.yml says
FROM eclipse-temurin:17-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw --batch-mode --no-transfer-progress -Dmaven.test.skip=true -pl all-in-one -am package

FROM apache/kafka:4.3.1
COPY --from=build /src/all-in-one/target/sipstack/plugins /opt/plugins
COPY manifests/compose/worker.properties /etc/sipstack/worker.properties
ENTRYPOINT ["/opt/kafka/bin/connect-distributed.sh", "/etc/sipstack/worker.properties"]
