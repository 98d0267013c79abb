/**
 * The frame around every page and the markup inside it. Templates cannot call templates of another
 * module, so the parts are plain HTML with these classes; copy from here.
 *
 * <p><b>Form</b> (one {@code field} each; ids are {@code f-<name>}, which the error summary links
 * to; a form with errors is answered with status 422 and {@code Page.errors(…)}):
 *
 * <pre>{@code
 * <form method="post" action="/plans" novalidate>
 *   <input type="hidden" name="_csrf" value="${visit.csrfToken()}">
 *   <div class="field ${errors.has("name") ? "field-error" : ""}">
 *     <label for="f-name">${t.text("plan.name")}</label>
 *     <p class="hint" id="h-name">${t.text("plan.name.hint")}</p>
 *     !{if error} <p class="error-text" id="e-name">${errors.text("name")}</p>
 *     <input id="f-name" name="name" type="text" value="${form.text("name")}"
 *            aria-describedby="h-name e-name" aria-invalid="true">
 *   </div>
 *   <fieldset class="field"><legend>…</legend>
 *     <label class="choice"><input type="radio" name="kind" value="A"> …</label>
 *   </fieldset>
 *   <div class="buttons">
 *     <button class="button" type="submit">…</button>
 *     <a class="button button-second" href="/plans">…</a>
 *   </div>
 * </form>
 * }</pre>
 *
 * <p>Inputs: {@code input-short}, {@code input-wide}. Buttons: {@code button}, {@code
 * button-second}, {@code button-danger}, {@code button-small}, {@code button-link}.
 *
 * <p><b>Filter bar</b> (GET, so that the filter is in the address) and <b>table</b>:
 *
 * <pre>{@code
 * <form class="filter" method="get">
 *   <div class="field field-search"><label for="f-q">…</label><input id="f-q" name="q" type="search"></div>
 *   <div class="field"><label for="f-state">…</label><select id="f-state" name="state">…</select></div>
 *   <button class="button button-second" type="submit">…</button>
 * </form>
 * <div class="table-scroll" tabindex="0" role="region" aria-labelledby="cap">
 *   <table class="table">            (or "table table-dense")
 *     <caption id="cap">…</caption>
 *     <thead><tr><th scope="col">…</th><th scope="col" class="number">…</th></tr></thead>
 *     <tbody><tr><th scope="row">…</th><td class="number">12</td></tr></tbody>
 *   </table>
 * </div>
 * <p class="empty">…nothing found…</p>
 * <nav class="pagination" aria-label="…"><p>1–50 / 312</p>
 *   <div class="row"><a class="button button-second button-small" rel="prev" href="?page=0">…</a></div></nav>
 * }</pre>
 *
 * <p><b>State tag</b>: {@code <span class="tag tag-good">…</span>}; {@code tag-good}, {@code
 * tag-info}, {@code tag-warn}, {@code tag-bad}, none for neutral. Always with a text: colour alone
 * says nothing to some people.
 *
 * <p><b>Facts</b>: {@code <dl class="facts"><dt>…</dt><dd>…</dd></dl>}. <b>Cards</b>: {@code <div
 * class="grid"><a class="card" href="…"><h3>…</h3><p class="figure">312</p></a></div>}. <b>Task
 * list</b>: {@code <ol class="tasks"><li><a href="…">…</a><span class="tag">…</span><p
 * class="hint">…</p></li></ol>}. <b>Notice</b>: {@code <div class="notice notice-success"><p>…</p>
 * </div>}, also {@code notice-warning}, {@code notice-error}. <b>Tabs</b>: {@code <ul
 * class="tabs"><li><a href="…" aria-current="page">…</a></li></ul>}.
 *
 * <p><b>Dialog</b> (no script of your own; the native element keeps focus and Escape):
 *
 * <pre>{@code
 * <button class="button button-danger" type="button" data-opens="d-delete">…</button>
 * <dialog id="d-delete" aria-labelledby="d-delete-t"><h2 id="d-delete-t">…</h2>
 *   <form method="post" action="…">…<div class="buttons">
 *     <button class="button button-danger" type="submit">…</button>
 *     <button class="button button-second" type="button" data-closes>…</button></div></form>
 * </dialog>
 * }</pre>
 *
 * <p><b>Upload</b> with progress bar; the handler takes it by {@code visit.upload(…)} and answers
 * with {@code Reply.seeOther} (followed) or a part of a page (shown in {@code #notices} or the
 * element named by {@code data-upload-target}):
 *
 * <pre>{@code
 * <form data-upload="/plans/1/import" data-upload-failed="…network text…">
 *   <div class="field"><label for="f-file">…</label><input id="f-file" type="file" accept=".xlsx"></div>
 *   <progress hidden max="100" value="0"></progress>
 *   <button class="button" type="submit">…</button>
 * </form>
 * }</pre>
 *
 * <p><b>Live parts</b>: {@code Page.live("/room/live")} connects; {@code <div hx-get="/room/seats"
 * hx-trigger="seats from:body, reload from:body">…</div>} asks again at every event {@code seats}.
 * <b>Other</b>: {@code row}, {@code row-apart}, {@code columns}, {@code stack}, {@code lead},
 * {@code hint}, {@code number}, {@code mono}, {@code visually-hidden}, {@code no-print}, {@code
 * print-only}, {@code page-break}, {@code keep}; {@code data-print} on a button prints.
 *
 * <p>The policy forbids inline scripts and styles, also {@code style="…"} attributes: give widths
 * by {@code <progress>}, SVG attributes or classes.
 */
package io.invigil.appliance.layout;
