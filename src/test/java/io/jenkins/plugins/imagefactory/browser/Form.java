package io.jenkins.plugins.imagefactory.browser;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** A form of Jenkins, or a part of one; its fields are found by the labels that a person reads beside them. */
final class Form {
    private static final String LABELLED = """
            .//*[contains(concat(' ', @class, ' '), ' jenkins-form-label ')][normalize-space(text())='%s']\
            /following-sibling::*[contains(concat(' ', @class, ' '), ' setting-main ')]\
            //*[self::input[not(@type='hidden')] or self::textarea or self::select]""";
    private static final String CHECKBOX =
            ".//label[normalize-space()='%s']/preceding-sibling::input[@type='checkbox']";

    private final Browser browser;
    private final WebElement root;

    Form(Browser browser, WebElement root) {
        this.browser = browser;
        this.root = root;
    }

    WebElement element() {
        return root;
    }

    /** Shows the fields that the form hides at first. */
    Form openAdvanced() {
        browser.click(browser.find(root, By.cssSelector("button.advanced-button")));
        return this;
    }

    /** Shows the fields that the form hides at first, if it hides any. */
    Form openAllAdvanced() {
        By button = By.cssSelector("button.advanced-button");
        root.findElements(button).stream().filter(WebElement::isDisplayed).forEach(browser::click);
        return this;
    }

    Form type(String label, String text) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    Form choose(String label, String option) {
        Select list = new Select(field(label));
        browser.await(
                label + ": " + option,
                () -> list.getOptions().stream()
                        .anyMatch(offered -> offered.getText().equals(option)));
        list.selectByVisibleText(option);
        return this;
    }

    Form tick(String label, boolean ticked) {
        if (isTicked(label) != ticked) {
            browser.click(browser.find(root, By.xpath(".//label[normalize-space()='%s']".formatted(label))));
        }
        return this;
    }

    /** The text of a field, or of the option that a list shows. */
    String value(String label) {
        WebElement field = field(label);
        if (!"select".equals(field.getTagName())) {
            return field.getDomProperty("value");
        }
        Select list = new Select(field);
        browser.await(label + " has options", () -> !list.getOptions().isEmpty());
        return list.getFirstSelectedOption().getText();
    }

    boolean isTicked(String label) {
        return root.findElement(By.xpath(CHECKBOX.formatted(label))).isSelected();
    }

    /** Asks for all help that is offered; what the form then says, in order. */
    List<String> help() {
        By button = By.cssSelector("a.jenkins-help-button");
        List<WebElement> buttons = root.findElements(button).stream()
                .filter(WebElement::isDisplayed)
                .toList();
        buttons.forEach(browser::click);
        return browser.await("help for " + buttons.size() + " fields", () -> {
            List<String> answers = root.findElements(By.cssSelector(".help-area .help")).stream()
                    .filter(WebElement::isDisplayed)
                    .map(WebElement::getText)
                    .filter(answer -> !answer.isBlank() && !answer.startsWith("Loading"))
                    .toList();
            return answers.size() == buttons.size() ? answers : null;
        });
    }

    /** Removes this part of the form. */
    void delete() {
        browser.click(browser.find(root, By.cssSelector("button.repeatable-delete")));
        browser.await("the part goes", () -> browser.hasGone(root));
    }

    WebElement field(String label) {
        return browser.find(root, By.xpath(LABELLED.formatted(label)));
    }
}
