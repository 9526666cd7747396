package org.purgatory.sync.testkit;

import static io.restassured.RestAssured.given;

/** Reads a sidecar's metrics as Prometheus does. */
public final class Scrape {

  private Scrape() {}

  /** All series, one a line, their labels in order and without a comma behind the last one. */
  public static String metrics(SidecarProcess sidecar) {
    return given()
        .header("Accept", "text/plain")
        .get(sidecar.managementUrl() + "/q/metrics")
        .asString()
        .replace(",}", "}");
  }
}
