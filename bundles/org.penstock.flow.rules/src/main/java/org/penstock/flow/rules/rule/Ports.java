package org.penstock.flow.rules.rule;

import java.util.Map;
import org.eclipse.kura.type.TypedValue;

/** The wires of a rule that stands in a graph; called on its strand. */
interface Ports extends RuleCore.Told {

  /** A rule without wires. */
  Ports NONE =
      new Ports() {
        @Override
        public void comes(Map<String, TypedValue<?>> record) {
          throw new IllegalStateException("a rule without wires gets no records");
        }

        @Override
        public void began(long at) {
          // nobody wants to know
        }

        @Override
        public void goesOn(long at) {
          // nobody wants to know
        }

        @Override
        public void ended(long at) {
          // nobody wants to know
        }
      };

  /** A record has come; what follows is because of it. */
  void comes(Map<String, TypedValue<?>> record);
}
