//! Trains the model of `reader::language`.

pub mod conllu;
