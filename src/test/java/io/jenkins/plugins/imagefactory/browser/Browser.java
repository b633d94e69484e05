package io.jenkins.plugins.imagefactory.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;

/** Debian's Chromium without a window and with a profile of its own, on one Jenkins. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .withLogFile(directory.resolve("chromedriver.log").toFile())
                .build();
        return new Browser(new ChromeDriver(service, options), jenkins, directory);
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

    /** How many such elements the page shows. */
    int count(By by) {
        return (int)
                driver.findElements(by).stream().filter(WebElement::isDisplayed).count();
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

    /** Clicks where nothing that sticks to the window's edge covers it. */
    void click(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    void clickButton(String text) {
        click(find(By.xpath("//button[normalize-space()='" + text + "']")));
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
