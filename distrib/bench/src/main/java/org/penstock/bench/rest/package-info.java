/** What REST clients and event streams cost beside ten thousand tags a second. */
package org.penstock.bench.rest;
