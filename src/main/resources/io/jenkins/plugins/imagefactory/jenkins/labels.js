// Names the fields of this plugin's forms by the texts beside them, for those who hear the page: Jenkins shows the two
// together but does not link them.
Behaviour.specify(".jenkins-form-item", "image-factory-labels", 0, (item) => {
  if (!item.querySelector(":scope > .help-sibling > [helpurl*='io.jenkins.plugins.imagefactory']")) {
    return;
  }
  const titleOf = (field) =>
    item.querySelector(":scope > .jenkins-form-label")?.firstChild ?? field.nextElementSibling;
  item
    .querySelectorAll(":scope > .setting-main :is(input:not([type='hidden']), textarea, select)")
    .forEach((field) => {
      const name = titleOf(field)?.textContent.trim();
      if (name && field.labels.length === 0) {
        field.setAttribute("aria-label", name);
      }
    });
});

// Names a block of a list by what is typed as its name, beside the title that all of them have.
Behaviour.specify("input.image-factory-block-name", "image-factory-block-name", 0, (field) => {
  const header = field.closest(".repeated-chunk")?.querySelector(":scope > .repeated-chunk__header");
  if (!header) {
    return;
  }
  const name = document.createElement("span");
  const show = () => {
    name.textContent = field.value.trim() ? `: ${field.value.trim()}` : "";
  };
  header.append(name);
  field.addEventListener("input", show);
  show();
});
