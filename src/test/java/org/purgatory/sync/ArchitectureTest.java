package org.purgatory.sync;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the rules between the packages, and that each rule could be broken. */
class ArchitectureTest {

  private static final String ROOT = "org.purgatory.sync";

  private static final String[] FRAMEWORKS = {
    "io.quarkus..",
    "io.vertx..",
    "io.smallrye..",
    "io.grpc..",
    "io.micrometer..",
    "jakarta..",
    "com.google.protobuf..",
    "org.eclipse.microprofile.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @ParameterizedTest
  @CsvSource({
    "nostr, ''",
    "sync, nostr",
    "store, sync nostr",
    "git, sync nostr",
    "grpc, sync nostr v1",
    "ops, sync nostr",
    "nativeimage, ''"
  })
  void packagesSeeOnlyThoseBelowThem(String name, String below) {
    seesOnly(name, below.split(" ")).check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"sync, ''", "store, nostr", "git, nostr", "grpc, sync nostr", "ops, nostr"})
  void seeingLessWouldNotDo(String name, String tooFew) {
    assertBroken(seesOnly(name, tooFew.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"nostr", "sync"})
  void theCoreKnowsNoFramework(String name) {
    avoids(name, FRAMEWORKS).check(CLASSES);
  }

  @Test
  void theEngineDoesNotKnowHowGitIsDone() {
    avoids("sync", "org.eclipse.jgit..").check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({"ops, jakarta..", "git, org.eclipse.jgit..", "nostr, org.bouncycastle.."})
  void whoUsesALibraryIsCaught(String name, String library) {
    assertBroken(avoids(name, library));
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheRootAsksForTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, packages("v1"))
        .should()
        .accessTargetWhere(isTheMachinesTime())
        .check(CLASSES);
  }

  @Test
  void onlyTheClockAndDeadlinesOfFetchesUseTheNanosecondCounter() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("git"), packages("v1"))
        .and()
        .areNotAssignableTo(SteadyClock.class)
        .should()
        .accessTargetWhere(isTheNanosecondCounter())
        .check(CLASSES);
  }

  /** The clocks of replicas may be minutes apart: time is what Redis says. */
  @Test
  void theStoreInRedisHasNoClock() {
    hasNoClock("store.redis").check(CLASSES);
    assertBroken(hasNoClock("store.memory"));
  }

  @Test
  void theStoresDoNotKnowEachOther() {
    avoids("store.redis", packages("store.memory")).check(CLASSES);
    avoids("store.memory", packages("store.redis")).check(CLASSES);
  }

  @Test
  void whoAsksForTheTimeIsCaught() {
    assertBroken(noClasses().should().accessTargetWhere(isTheMachinesTime()));
    assertBroken(noClasses().should().accessTargetWhere(isTheNanosecondCounter()));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertThat(packages)
          .hasSizeGreaterThan(5)
          .allSatisfy(directory -> assertThat(directory.resolve("package-info.java")).exists());
    }
  }

  private static ArchRule seesOnly(String name, String... below) {
    String[] visible =
        Stream.concat(Stream.of(name), Stream.of(below).filter(other -> !other.isEmpty()))
            .map(ArchitectureTest::packages)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(packages(name))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(visible)));
  }

  private static ArchRule avoids(String name, String... libraries) {
    return noClasses()
        .that()
        .resideInAPackage(packages(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  private static ArchRule hasNoClock(String name) {
    return noClasses()
        .that()
        .resideInAPackage(packages(name))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class);
  }

  private static DescribedPredicate<JavaAccess<?>> isTheMachinesTime() {
    return describe(
        "the target is the machine's time",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getName();
          return switch (target.getName()) {
            case "now" -> owner.startsWith("java.time.") && !takesClock(access);
            case "system", "systemUTC", "systemDefaultZone" -> owner.equals("java.time.Clock");
            case "tickMillis", "tickSeconds", "tickMinutes" -> owner.equals("java.time.Clock");
            case "currentTimeMillis" -> owner.equals(System.class.getName());
            case "<init>" -> owner.equals(Date.class.getName());
            default -> false;
          };
        });
  }

  private static DescribedPredicate<JavaAccess<?>> isTheNanosecondCounter() {
    return describe(
        "the target is System.nanoTime",
        access ->
            access.getTarget().getName().equals("nanoTime")
                && access.getTarget().getOwner().isEquivalentTo(System.class));
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget method
        && method.getRawParameterTypes().stream()
            .anyMatch(type -> type.getName().equals("java.time.Clock"));
  }

  private static String packages(String name) {
    return ROOT + "." + name + "..";
  }

  private static void assertBroken(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
  }
}
