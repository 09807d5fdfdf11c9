//! Matrices out of a safetensors file, widened to 32 bits.

use safetensors::{Dtype, SafeTensors};

use crate::ModelError;
use crate::manifest;

/// An open safetensors file.
pub(crate) struct Weights<'d>(SafeTensors<'d>);

impl<'d> Weights<'d> {
    /// Opens the bytes after comparing them with the manifest's checksum.
    pub fn open(bytes: &'d [u8], expected: &manifest::Weights) -> Result<Self, ModelError> {
        if bytes.len() != expected.bytes || crc32fast::hash(bytes) != expected.crc32 {
            return Err(ModelError::new("model.safetensors", "not the weights that manifest.json was written for"));
        }
        SafeTensors::deserialize(bytes).map(Self).map_err(|e| ModelError::new("model.safetensors", e))
    }

    /// A tensor's numbers and shape.
    pub fn get(&self, name: &str) -> Result<(Vec<f32>, Vec<usize>), ModelError> {
        let view = self.0.tensor(name).map_err(|e| ModelError::new(name, e))?;
        let data = view.data();
        let numbers = match view.dtype() {
            Dtype::F16 => data.as_chunks::<2>().0.iter().map(|b| half::f16::from_le_bytes(*b).to_f32()).collect(),
            Dtype::F32 => data.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            other => return Err(ModelError::new(name, format!("numbers of type {other:?}"))),
        };
        Ok((numbers, view.shape().to_vec()))
    }

    /// A tensor that must have a given number of elements.
    pub fn sized(&self, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
        let (numbers, shape) = self.get(name)?;
        if numbers.len() == length {
            Ok(numbers)
        } else {
            Err(ModelError::new(name, format!("shape {shape:?}, expected {length} numbers")))
        }
    }
}
