package org.penstock.flow.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.script.Script;
import org.penstock.api.script.ScriptException;
import org.penstock.api.script.ScriptException.Reason;

/** Without this, honest scripts would not run in the sandbox, or values would arrive changed. */
class SandboxTest {

  private final SandboxService sandbox = new SandboxService();

  private Object eval(String source) throws ScriptException {
    return sandbox.compile("test", source, Map.of()).run(Map.of(), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "1 + 2 ~ 3.0",
        "'a' + 1 ~ a1",
        "var s=''; for (var i=0;i<5;i++) s += 'ab'.charAt(i%2); s ~ ababa",
        "[1,2,3].map(function(x){return x*2}).join('-') ~ 2-4-6",
        "[1,[2,[3]],null] + '' ~ 1,2,3,",
        "[3,1,2].sort().toString() ~ 1,2,3",
        "var a=[]; a.push(1,2); a.concat([3,[4]]).length ~ 4.0",
        "JSON.stringify({a:[1,'x',null,true],b:{c:1.5}}) ~ {\"a\":[1,\"x\",null,true],\"b\":{\"c\":1.5}}",
        "JSON.stringify({a:1}, null, 2).length ~ 12.0",
        "JSON.parse('{\"x\":[1,2]}').x[1] ~ 2.0",
        "'x,y,z'.split(',').length ~ 3.0",
        "'aXbXc'.replace(/X/g, '--') ~ a--b--c",
        "'aXbXc'.replace('X', function(m){return m+m}) ~ aXXbXc",
        "/(\\d+)-(\\d+)/.exec('10-20')[2] ~ 20",
        "'7'.padStart(3,'0') ~ 007",
        "'ab'.repeat(3) ~ ababab",
        "Math.max.apply(null, [1,5,3]) ~ 5.0",
        "(function(){return Array.prototype.slice.call(arguments,1).length})(1,2,3) ~ 2.0",
        "var b=new Uint8Array([1,2,300]); b[2] ~ 44.0",
        "var d=new DataView(new ArrayBuffer(4)); d.setFloat32(0,1.5); d.getUint8(0) ~ 63.0",
        "new Uint8Array(4) instanceof Uint8Array ~ true",
        "new Uint8Array(4).constructor === Uint8Array ~ true",
        "Object.keys({a:1,b:2}).length ~ 2.0",
        "var m=new Map(); m.set('a',1); m.get('a') ~ 1.0",
        "let f = (x) => x + x; f('ab') ~ abab",
        "var o={n:1}; o.n += o.n; o.n ~ 2.0",
        "var {a, b} = {a: 1, b: 2}; a + b ~ 3.0",
        "try { null.x } catch (e) { e instanceof TypeError } ~ true",
        "try { throw new Error('no') } catch (e) { e.message } ~ no",
        "parseInt('ff', 16) ~ 255.0",
        "(0.1+0.2).toFixed(2) ~ 0.30",
        "encodeURIComponent('a b') ~ a%20b",
        "var r = []; for (var k of [1,2]) { r.push(k) } r.length ~ 2.0",
        "function* g(){ yield 1; yield 2 } Array.from(g()).length ~ 2.0",
        "new Date(0).getTime() ~ 0.0",
        "typeof undefined ~ undefined",
        "[1,2,3].includes(2) ~ true",
        "'abc'.indexOf('c') ~ 2.0",
        "[5].concat('ab').length ~ 2.0",
        "[[1],[2]].flat().length ~ 2.0",
        "String([1]) + String({}) ~ 1[object Object]",
        "(new Error('x') + '') ~ Error: x",
      })
  void honestScriptsRun(String source, String expected) throws ScriptException {
    assertEquals(expected, String.valueOf(eval(source.replace('`', '`'))));
  }

  @Test
  void templatesJoin() throws ScriptException {
    assertEquals("2-x", eval("`${1+1}-${'x'}`"));
    assertEquals("aba", eval("var a='a', b='b'; `${a}${b}${a}`"));
  }

  @Test
  void valuesGoInAndOutAsTheyAre() throws ScriptException {
    Script script =
        sandbox.compile(
            "t",
            "var out = {n: i.n + 1, bytes: i.b.map(function(x){return x}), t: i.t, l: [null, true]}",
            Map.of());
    Object out =
        script.run(Map.of("i", Map.of("n", 41, "b", new byte[] {(byte) 0x80, 1}, "t", "ä")), "out");
    assertEquals(
        Map.of("n", 42.0, "bytes", List.of(128.0, 1.0), "t", "ä", "l", Arrays.asList(null, true)),
        out);
    assertNull(script.run(Map.of("i", Map.of("n", 1, "b", new byte[0], "t", "")), "other"));
  }

  @Test
  void globalsRemainAndGoToTheNextSource() throws ScriptException {
    Script script = sandbox.compile("t", "var n; n = (n || 0) + 1; n", Map.of());
    script.run(Map.of(), null);
    assertEquals(2.0, script.run(Map.of(), null));
    assertEquals(12.0, script.replace("n + 10").run(Map.of(), null));
  }

  @Test
  void functionsAreCalledWithTheScriptRunOnce() throws ScriptException {
    Script codec =
        sandbox.compile(
            "codec",
            "var runs = (runs || 0) + 1; function decodeUplink(input) { return {data:"
                + " {t: (input.bytes[0] << 8 | input.bytes[1]) / 10, port: input.fPort, runs: runs}} }",
            Map.of());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          Map.of("data", Map.of("t", 25.6, "port", 2.0, "runs", 1.0)),
          codec.call("decodeUplink", List.of(Map.of("bytes", new byte[] {1, 0}, "fPort", 2))));
    }
    assertEquals(
        Reason.THROWN,
        assertThrows(ScriptException.class, () -> codec.call("encode", List.of())).reason());
  }

  @Test
  void functionsOfTheGatewayAreCalled() throws ScriptException {
    List<List<Object>> calls = new ArrayList<>();
    Script script =
        sandbox.compile(
            "t",
            "log('a', [1]) + 1",
            Map.of(
                "log",
                a -> {
                  calls.add(a);
                  return 7;
                }));
    assertEquals(8.0, script.run(Map.of(), null));
    assertEquals(List.of(List.of("a", List.of(1.0))), calls);
  }

  /** Each of these keeps a little more in each run, and none of it where the one before did. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "var a = a || []; var b = []; for (var i = 0; i < 5000; i++) b.push({i: i}); a.push(b)",
        "var m = m || new Map(); for (var i = 0; i < 5000; i++) m.set({}, [i])",
        "var f = f || function () {}; for (var i = 0; i < 5000; i++) f = (function (g) { return function () { g() } })(f)",
        "var s = s || []; for (var i = 0; i < 20; i++) s.push('x'.repeat(60000) + s.length)",
        "var u = u || []; for (var i = 0; i < 20; i++) u.push(new Uint8Array(60000))",
        "function* g(x) { yield x; yield x } var k = k || []; for (var i = 0; i < 500; i++) { var y = g([i, i]); y.next(); k.push(y) }",
        "var w = w || []; for (var i = 0; i < 2000; i++) w.push((function () {}).bind({i: i}, [i]))",
        "Array.prototype.x = Array.prototype.x || []; for (var i = 0; i < 5000; i++) Array.prototype.x.push({i: i}); if (Array.prototype.x.length > 9000) Array.prototype.x = [Array.prototype.x]",
        "Math.max.x = Math.max.x || []; for (var i = 0; i < 20; i++) Math.max.x.push(new Uint8Array(60000))",
        "var e = Object.create(null); [].join[Symbol.iterator] = [].join[Symbol.iterator] || new Set(); for (var i = 0; i < 5000; i++) [].join[Symbol.iterator].add([i])",
        "gateway.x = gateway.x || []; for (var i = 0; i < 20; i++) gateway.x.push(new Uint8Array(60000))",
        "var c = c || []; try { c.push('a'); for (;;) c[c.length - 1] += 'b' } catch (e) {}",
      })
  void whatIsKeptFromRunToRunIsBounded(String source) throws ScriptException {
    Script script = sandbox.compile("hoard", source, Map.of("gateway", arguments -> null));
    String dropped = "";
    for (int i = 0; i < 3000 && dropped.isEmpty(); i++) {
      try {
        script.run(Map.of(), null);
      } catch (ScriptException ended) {
        dropped = ended.getMessage().contains("held more than 8 MB") ? ended.getMessage() : "";
        assertTrue(!dropped.isEmpty() || ended.stopped(), ended.getMessage());
      }
    }
    assertTrue(dropped.contains("variables are dropped"), "it was never noticed");
    String first = source.startsWith("var ") ? source.substring(4, 5) : "x";
    assertEquals("undefined", script.replace("typeof " + first).run(Map.of(), null));
  }

  @Test
  void definitionsComeBackAfterVariablesWereDropped() throws ScriptException {
    Script script =
        sandbox.compile(
            "codec",
            "var kept = []; function f(n) { for (var i = 0; i < n; i++) kept.push(new Uint8Array(60000)); return kept.length }",
            Map.of());
    assertEquals(50.0, script.call("f", List.of(50)));
    assertEquals(100.0, script.call("f", List.of(50)));
    String message =
        assertThrows(ScriptException.class, () -> script.call("f", List.of(100))).getMessage();
    assertTrue(message.contains("8 MB"), message);
    assertEquals(1.0, script.call("f", List.of(1)));
  }

  /** The machine's memory may be short for other reasons: the script ends, the thread that runs it does not. */
  @Test
  void anOutOfMemoryErrorInsideIsCaughtAndCounted() throws ScriptException {
    Script script =
        sandbox.compile(
            "hog",
            "try { fill() } catch (e) { } finally { 1 }",
            Map.of(
                "fill",
                arguments -> {
                  throw new OutOfMemoryError("by the test's wish");
                }));
    ScriptException ended = assertThrows(ScriptException.class, () -> script.run(Map.of(), null));
    assertEquals(ScriptException.Reason.MEMORY, ended.reason());
    assertTrue(ended.getMessage().contains("no memory left"), ended.getMessage());
    assertEquals(1L, sandbox.health().figures().get("out.of.memory"));
  }

  @Test
  void errorsNameTheScriptAndTheLine() {
    String syntax =
        assertThrows(ScriptException.class, () -> sandbox.compile("pid1", "var x =\n\n;", Map.of()))
            .getMessage();
    assertTrue(syntax.contains("pid1") && syntax.contains("line 3"), syntax);
    String thrown =
        assertThrows(ScriptException.class, () -> eval("var a = 1;\nnope.x")).getMessage();
    assertTrue(thrown.contains("line 2") && thrown.contains("nope"), thrown);
  }

  @Test
  void scriptsOfManyThreadsDoNotMeet() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object>> jobs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int n = i;
        Script script =
            sandbox.compile("s" + i, "s = (typeof s === 'undefined' ? 0 : s) + k; s", Map.of());
        jobs.add(
            () -> {
              Object last = null;
              for (int j = 0; j < 50; j++) {
                last = script.run(Map.of("k", n), null);
              }
              return last;
            });
      }
      List<Future<Object>> results = pool.invokeAll(jobs);
      for (int i = 0; i < 40; i++) {
        assertEquals(50.0 * i, results.get(i).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
