// What a page with a script tag does, from a bundle.
import "reshelf/auto";
