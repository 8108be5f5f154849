//! What one voice says about one contact: rules over the tree and the mentions.
