# The intermezzo command in a container:   docker build -t intermezzo . && docker run intermezzo cashier
#
# Two targets give the same image:
#   intermezzo  (the default) compiles the sources in the container; needs Maven Central
#   prebuilt    takes cli/target/intermezzo as ./mvnw package left it; needs nothing but the base image
# It is one image for every stage and command: they share their libraries, and one tag is one release.

FROM eclipse-temurin:25-jre AS base
# Numbers, so that an orchestrator can see that it is not root. The folders are made here because a volume takes over the
# owner of the folder that it covers.
RUN mkdir -p /opt/intermezzo/cli/target /var/lib/intermezzo/state /var/lib/intermezzo/sandbox /etc/intermezzo/keys \
 && chown -R 10001:10001 /var/lib/intermezzo /etc/intermezzo
# The launcher must not look for sources, and stages keep everything that they write in one place.
ENV INTERMEZZO_BUILD=never \
    INTERMEZZO_LOG=json
COPY intermezzo /opt/intermezzo/intermezzo
WORKDIR /var/lib/intermezzo
USER 10001:10001
EXPOSE 8080 9090
# A stage is healthy when it is ready: caught up, warm, connected. bash is in every Temurin image, curl is not.
HEALTHCHECK --interval=5s --timeout=4s --start-period=240s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/9090 && printf 'GET /ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/intermezzo/intermezzo"]
CMD ["--help"]

FROM base AS prebuilt
COPY cli/target/intermezzo /opt/intermezzo/cli/target/intermezzo
USER 0
RUN touch /opt/intermezzo/cli/target/intermezzo/.complete
USER 10001:10001

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -DskipTests -Dspotless.check.skip=true package && touch cli/target/intermezzo/.complete

FROM base AS intermezzo
COPY --from=build /src/cli/target/intermezzo /opt/intermezzo/cli/target/intermezzo
