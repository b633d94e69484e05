package io.jenkins.plugins.imagefactory.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/** Debian's Chromium without a window and with a profile of its own, on one Jenkins. */
public final class Browser implements AutoCloseable {
    private static final String STANDING_STILL = """
            const [element, done] = arguments;
            element.scrollIntoView({block: 'center'});
            const wait = before => setTimeout(() => {
                const now = element.getBoundingClientRect().top;
                now === before ? done() : wait(now);
            }, 100);
            wait(element.getBoundingClientRect().top);
            """;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChromeDriver driver;
    private final URI jenkins;
    private final Path screenshots;

    private Browser(ChromeDriver driver, URI jenkins, Path screenshots) {
        this.driver = driver;
        this.jenkins = jenkins;
        this.screenshots = screenshots;
    }

    /** @param directory gets the pictures it takes */
    static Browser start(URI jenkins, Path directory) throws IOException {
        Files.createDirectories(directory);
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--force-prefers-reduced-motion",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,1500");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .withLogFile(directory.resolve("chromedriver.log").toFile())
                .withTimeout(PATIENCE)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return new Browser(driver, jenkins, directory);
    }

    /** What pages did against the Content Security Policy of Jenkins, and what went wrong in scripts of the plugin, since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getMessage().contains("Content Security Policy")
                        || entry.getLevel().equals(Level.SEVERE)
                                && entry.getMessage().contains("io.jenkins.plugins.imagefactory"))
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Makes the window so wide. */
    void widen(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1500, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Lets pages believe that the person wants them {@code light} or {@code dark}. */
    void prefer(String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Runs a script in the page, whatever its policy. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script in the page, whatever its policy, that hands its result to its last argument. */
    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What was copied last. */
    String clipboard() {
        driver.executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite")));
        return (String) await("navigator.clipboard.readText().then(arguments[0])");
    }

    /** @param path below Jenkins' address */
    void open(String path) {
        driver.get(jenkins.resolve(path).toString());
    }

    /** The shown element, as soon as there is one. */
    WebElement find(SearchContext within, By by) {
        return await(
                by.toString(),
                () -> within.findElements(by).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    WebElement find(By by) {
        return find(driver, by);
    }

    /** Those the page shows now. */
    List<WebElement> findAll(By by) {
        return driver.findElements(by).stream().filter(WebElement::isDisplayed).toList();
    }

    /** How many such elements the page shows. */
    int count(By by) {
        return findAll(by).size();
    }

    /** Asks until the answer is neither null nor false. */
    <T> T await(String what, Supplier<T> answer) {
        return new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(Duration.ofMillis(100))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(ignored -> answer.get());
    }

    /** Clicks where nothing that sticks to the window's edge covers it, when no check of a field above pushes it any more. */
    void click(WebElement element) {
        await(STANDING_STILL, element);
        element.click();
    }

    void clickButton(String text) {
        click(find(By.xpath("//button[normalize-space()='" + text + "']")));
    }

    void clickLink(String text) {
        click(find(By.xpath("//a[normalize-space()='" + text + "']")));
    }

    /** Submits a form and waits until its page has gone. */
    void save() {
        WebElement button = find(By.name("Submit"));
        click(button);
        await("the page goes", () -> hasGone(button));
    }

    boolean hasGone(WebElement element) {
        try {
            return !element.isDisplayed();
        } catch (StaleElementReferenceException gone) {
            return true;
        }
    }

    /** Keeps a picture of the element as {@code NAME.png}. */
    void photograph(WebElement element, String name) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'start'})", element);
        keep(element, name);
    }

    /** Keeps a picture of what the window shows as {@code NAME.png}. */
    void photograph(String name) {
        keep(driver, name);
    }

    private void keep(TakesScreenshot subject, String name) {
        try {
            Files.write(screenshots.resolve(name + ".png"), subject.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
